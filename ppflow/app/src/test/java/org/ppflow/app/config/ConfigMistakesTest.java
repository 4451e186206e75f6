package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.errors.BadInputException;

class ConfigMistakesTest {
    private static final String LEAST = "name: a\nschedules: [sit, ppf-2]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model: {hiden: 64} | model.hiden: found the unknown key 'hiden'; expected one of depth, hidden, heads,"
                        + " mlp_ratio, learn_sigma, class_dropout, level_embedding, position, path, prediction; did you mean 'hidden'?",
                "model: {depth: four} | model.depth: found 'four'; expected a whole number",
                "model: {depth: 4.5} | model.depth: found 4.5; expected a whole number",
                "model: {depth: '4'} | model.depth: found '4'; expected a whole number",
                "model: {depth: 0} | model.depth: 0 must be at least 1",
                "model: {depth:} | model.depth: found no value; expected a whole number; write one, or leave the line out, which stands for 4",
                "model: 3 | model: found 3; expected a mapping with the keys depth, hidden, heads, mlp_ratio,"
                        + " learn_sigma, class_dropout, level_embedding, position, path, prediction",
                "model: {learn_sigma: 1} | model.learn_sigma: found 1; expected true or false",
                "model: {position: left} | model.position: found 'left'; expected one of top-left, centred",
                "model: {heads: 5} | model.heads: 5 must divide hidden, which is 128",
                "sampling: {solver: huen} | sampling.solver: found 'huen'; expected one of euler, midpoint, heun, heun3, rk4, rk4-38, dopri5, dopri5-torchdiffeq; did you mean 'heun'?",
                "data: {mirror: false} | data.mirror: false must be left out: digits are not mirrored",
                "data: {codec: har} | data.codec: found 'har'; expected one of haar, pixels; did you mean 'haar'?",
                "sampling: {guidance: high} | sampling.guidance: found 'high'; expected a number",
                "sampling: {guidance: [1, 2]} | sampling.guidance: [1.0, 2.0] has 2 scales, but schedule sit has"
                        + " 1 level(s); write one number, or one a level",
                "sampling: {guidance_channels: some} | sampling.guidance_channels: 'some' must be all or a number"
                        + " of channels",
                "training: {betas: [0.9, 1.5]} | training.betas[1]: 1.5 must be in [0, 1)",
                "training: {learning_rate: {peak: .nan}} | training.learning_rate.peak: found '.nan';"
                        + " expected a number",
                "name: b | name: found the key a second time; expected each key once; it is at a.yaml:1",
                "training: {ema: high} | training.ema: found 'high'; expected a mapping with the keys decay, warmup, more, profiles, snapshot_every",
                "training: {learning_rate: -1e-4} | training.learning_rate.peak: -1.0E-4 must be above 0",
                "trainig: {} | trainig: found the unknown key 'trainig'; expected one of name, seed, data,"
                        + " classifier, model, schedules, init, training, watch, sampling, evaluation, report, runtime;"
                        + " did you mean 'training'?",
                "sampling: {count: 3} | sampling.count: 3 must be more than evaluation.nearest_k, which is 3",
                "sampling: {guidance: 1e300} | sampling.guidance: 1.0E300 must be at most 100.0",
                "data: {size: 100000} | data.size: 100000 must be an even number from 2 to 1024",
                "training: {images: 9223372036854775807} | training.images: 9223372036854775807 must be at most"
                        + " 1000000000000",
                "evaluation: {network: x.pb} | evaluation.reference: '' must be what samples are scored against: an npz"
                        + " such as VIRTUAL_imagenet256_labeled.npz, or pictures",
                "evaluation: {reference: r.npz} | evaluation.reference: 'r.npz' needs a network beside it:"
                        + " classify_image_graph_def.pb",
                "evaluation: {protocols: [adm]} | evaluation.protocols: [adm] must be left out: without a network the"
                        + " run's classifier scores by exact",
                "evaluation: {protocols: []} | evaluation.protocols: [] must be adm, exact, or both, each once",
                "evaluation: {protocols: [adm, amd]} | evaluation.protocols[1]: found 'amd'; expected one of adm, exact; did you mean 'adm'?",
                "evaluation: {network: x.pb, reference: r.npz} | evaluation.network: 'x.pb' must be left out: it takes"
                        + " colour pictures, and data.source mnist-t10k has grey ones, which the run's classifier scores",
                "data: {source: mnist} | data.source: 'mnist' must be mnist-t10k, idx:PATH, pictures:PATH (a folder, tar or"
                        + " zip with a folder a class) or latents:FOLDER",
                "data: {source: 'pictures:x', classes: 1} | data.classes: 1 must be at least 2",
                "data: {source: 'pictures:x', size: 30, codec: haar, latent: 4x15x15} | data.latent: '4x15x15' must be left out: size and"
                        + " codec say it",
                "data: {classes: 7} | data.classes: 7 must be left out: there are ten digits"
            })
    void aMistake_isToldWithLineAndPath(String line, String message) {
        assertThatThrownBy(() -> parse(LEAST + line + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("a.yaml:3: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5e0", "1e-1", "1e300", "1e999999999", "'1e4'", "32.0"})
    void whatIsNoWholeNumber_isRefused_howeverItIsWritten(String written) {
        assertThatThrownBy(() -> parse(LEAST + "training: {images: " + written + "}\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("training.images");
    }

    @Test
    void aMistakeInALevel_isToldWithItsLine() {
        String yaml = """
                name: a
                schedules:
                  - sit
                  - name: own
                    levels:
                      - {patch: 4x4, start: 0, end: 0.5}
                      - {patch: 2x2, start: 0.6, end: 1}
                """;

        assertThatThrownBy(() -> parse(yaml))
                .hasMessage("a.yaml:7: schedules[1].levels[1].start: 0.6 leaves a gap after the level before,"
                        + " which ends at 0.5");
        assertThatThrownBy(() -> parse(yaml.replace("4x4", "4by4")))
                .hasMessage("a.yaml:6: schedules[1].levels[0].patch: '4by4' is not of the form ROWSxCOLUMNS,"
                        + " for instance 4x4");
        assertThatThrownBy(() -> parse(yaml.replace("patch: 4x4, ", "")))
                .hasMessage("a.yaml:6: schedules[1].levels[0].patch: found nothing; expected a value for the"
                        + " required key 'patch'");
    }

    @Test
    void levelsInOneText_thatAreNoSchedule_areToldWithWhatIsWrong() {
        assertThatThrownBy(() -> parse("name: a\nschedules: [4x4:0.5,2x2]")) // a list of two texts
                .hasMessageStartingWith(
                        "a.yaml:2: schedules[0]: found levels '4x4:0.5': levels[0].end: 0.5 leaves a gap"
                                + " before 1; expected patches with the times at which they end, as '4x4:0.5,2x2', in a list with the quotes");
        assertThatThrownBy(() -> parse("name: a\nschedules: 4x4:half,2x2"))
                .hasMessageStartingWith(
                        "a.yaml:2: schedules[0]: found levels '4x4:half,2x2': levels[0].end: 'half' is no number");
    }

    @Test
    void aMistakeThatAnOverrideMakesInAnotherLine_isToldWithTheOverride() {
        assertThatThrownBy(() -> ConfigReader.parse(
                        "a.yaml", "name: a\nschedules: [sit, ppf-2]", List.of("schedules[1].levels[0].end=0.4")))
                .hasMessage(
                        "a.yaml:2: schedules[1].levels[1].start: 0.5 leaves a gap after the level before, which ends at 0.4;"
                                + " the same section has --set schedules[1].levels[0].end=0.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trainning.batch=32",
                "smapling.sde.form=x",
                "training.eam.decay=0.9",
                "training.learning_rte.a.b=1"
            })
    void anUnknownSectionOfAnOverride_isToldAtTheOverride(String override) {
        assertThatThrownBy(() -> ConfigReader.parse(
                        "a.yaml", "name: a\nschedules: [sit]\ntraining: {batch: 8}", List.of(override)))
                .hasMessageStartingWith("--set " + override + ": ")
                .hasMessageContaining("found the unknown key");
    }

    @Test
    void anUnknownPreset_isToldWithTheNearest() {
        assertThatThrownBy(() -> parse("name: a\nschedules: [sit, pff-2]"))
                .hasMessage(
                        "a.yaml:2: schedules[1]: found schedule 'pff-2'; expected one of ppf-2, ppf-3, pyramid, pyramid-renoised, sit,"
                                + " levels as 4x4:0.5,2x2, or a mapping with name and levels; did you mean 'ppf-2'?");
    }

    @Test
    void aMissingRequiredKey_isNamed() {
        assertThatThrownBy(() -> parse("seed: 3\nschedules: [sit]"))
                .hasMessage("a.yaml:1: name: found nothing; expected a value for the required key 'name'");
        assertThatThrownBy(() -> parse("name: a\nschedules:\n"))
                .hasMessageContaining("found no value; expected a value for the required key 'schedules'");
    }

    @Test
    void aSlipInARequiredKey_isToldAsOne_andNotAsAnOmission() {
        assertThatThrownBy(() -> parse("name: a\nseed: 1\nschedule: [sit]\n"))
                .hasMessageStartingWith("a.yaml:3: schedule: found the unknown key 'schedule'")
                .hasMessageEndingWith("did you mean 'schedules'?");
        assertThatThrownBy(() -> parse("""
                        name: a
                        schedules:
                          - name: own
                            levels:
                              - {patches: 2x2, start: 0, end: 1}
                        """))
                .hasMessageStartingWith("a.yaml:5: schedules[0].levels[0].patches: found the unknown key 'patches'")
                .hasMessageEndingWith("did you mean 'patch'?");
    }

    @Test
    void aName_thatIsWrittenWrongly_isToldHowItIsWritten() {
        assertThatThrownBy(() ->
                        parse("name: a\nschedules: [{name: my run/1, levels: [{patch: 2x2, start: 0, end: 1}]}]\n"))
                .hasMessageEndingWith(
                        "schedules[0].name: 'my run/1' must be of letters, digits, '.', '_', '-' and '/', and begin with a"
                                + " letter or a digit");
    }

    @Test
    void allMistakes_areToldAtOnce() {
        assertThatThrownBy(() -> parse("""
                        name: a
                        schedules: [sit, pff-2]
                        model: {hiden: 64, depth: four}
                        training: {batch: 0}
                        data: {codec: har}
                        sampling: {steps: 1.5}
                        """)).hasMessageMatching("""
                        (?s)a.yaml:3: model.hiden: found the unknown key 'hiden'; .*; did you mean 'hidden'\\?
                        wrong as well:
                          a.yaml:2: schedules\\[1]: found schedule 'pff-2'; .*; did you mean 'ppf-2'\\?
                          a.yaml:3: model.depth: found 'four'; expected a whole number
                          a.yaml:4: training.batch: 0 must be at least 1
                          a.yaml:5: data.codec: found 'har'; .*; did you mean 'haar'\\?
                          a.yaml:6: sampling.steps: found 1.5; expected a whole number""");
        assertThatThrownBy(() -> parse(LEAST + "model:\n  heads: two\nsampling:\n  steps: many\n"))
                .hasMessage("a.yaml:4: model.heads: found 'two'; expected a whole number\nwrong as well:\n"
                        + "  a.yaml:6: sampling.steps: found 'many'; expected a whole number");
    }

    @Test
    void whatMayFollowFromAnotherMistake_isNotTold() {
        // 3 does not divide the hidden size that is there in the place of 'wide'; one image is too few for the levels
        // of ppf-2
        assertThatThrownBy(() -> parse(LEAST + "model: {hidden: wide, heads: 3}\ntraining: {batch: 1}\n"))
                .hasMessage("a.yaml:3: model.hidden: found 'wide'; expected a whole number");
        assertThatThrownBy(() -> parse("nam: a\nschedules: [sit]\n"))
                .hasMessageStartingWith("a.yaml:1: nam: found the unknown key 'nam'")
                .hasMessageEndingWith("did you mean 'name'?");
    }

    /** Two wrong values anywhere: the first is told as if it were alone, and nothing else than bad input comes out. */
    @Test
    void aSecondMistake_neverHidesTheFirst() {
        List<String> values = List.of("x", "-1", "1.5", "[]", "[x, y]", "{}", "{a: 1}", "1e300", "true");
        List<String> paths = KnownKeys.paths(ExperimentConfig.class).stream()
                .map(path -> path.replace("[]", "[0]"))
                .toList();
        int told = 0;
        for (int i = 0; i < paths.size() * values.size(); i += 7) {
            String path = paths.get(i % paths.size());
            String otherPath = paths.get(i * 3 % paths.size());
            if (ConfigPath.isInside(path, otherPath) || ConfigPath.isInside(otherPath, path)) {
                continue;
            }
            String one = path + "=" + values.get(i / paths.size());
            String other = otherPath + "=" + values.get(i % values.size());
            Optional<String> alone = message(List.of(one));
            Optional<String> otherAlone = message(List.of(other));
            Optional<String> both = message(List.of(one, other));
            if (alone.isPresent() && otherAlone.isPresent()) {
                assertThat(both.orElse("nothing"))
                        .as(one + " " + other)
                        .containsAnyOf(firstLine(alone.get()), firstLine(otherAlone.get()));
                told += both.orElse("").contains("\nwrong as well:\n") ? 1 : 0;
            }
        }
        assertThat(told).isGreaterThan(30);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElseThrow();
    }

    private static Optional<String> message(List<String> overrides) {
        try {
            ConfigReader.parse("a.yaml", LEAST, overrides);
            return Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void whatIsNotYaml_isToldWithItsLine() {
        assertThatThrownBy(() -> parse("name: a\nschedules: [sit\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageMatching("(?s)a.yaml:[23]: not YAML: .*");
        assertThatThrownBy(() -> parse("")).hasMessageStartingWith("a.yaml:1: found nothing");
        assertThatThrownBy(() -> parse("- a")).hasMessageStartingWith("a.yaml:1: found no mapping");
    }

    @Test
    void valuesThatDoNotFitEachOther_areRejectedWithTheirPlace() {
        assertThatThrownBy(() -> parse("""
                        name: a
                        schedules:
                          - sit
                          - {name: odd, levels: [{patch: 3x3, start: 0, end: 1}]}
                        """))
                .hasMessage(
                        "a.yaml:4: schedules[1].levels[0].patch: 3x3 does not divide latent 16x16: sides that do are 1,"
                                + " 2, 4, 8, 16");
        assertThatThrownBy(() -> parse("name: a\nschedules: [ppf-3]\ntraining:\n  batch: 6\n"))
                .hasMessageStartingWith("a.yaml:4: training.batch: 6 images")
                .hasMessageContaining("4 and 8");
        assertThatThrownBy(() -> parse("name: a\nschedules: [sit]\nmodel:\n  class_dropout: 0\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("sampling.guidance")
                .hasMessageContaining("model.class_dropout is 0");
        assertThatThrownBy(() -> parse("""
                        name: a
                        schedules:
                          - {name: a/b, levels: [{patch: 2x2, start: 0, end: 1}]}
                          - {name: A-b, levels: [{patch: 2x2, start: 0, end: 1}]}
                        """))
                .hasMessageStartingWith("a.yaml:4: schedules[1].name: 'A-b' would have the folder 'a-b'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model.depth=x | --set model.depth=x: model.depth: found 'x'; expected a whole number",
                "model.dept=2 | --set model.dept=2: model.dept: found the unknown key 'dept'; expected one of depth,"
                        + " hidden, heads, mlp_ratio, learn_sigma, class_dropout, level_embedding, position, path, prediction;"
                        + " did you mean 'depth'?",
                "schedules[5]=sit | --set schedules[5]=sit: schedules: found index 5; expected less than 2,"
                        + " the list's length",
                "seed.x=1 | --set seed.x=1: seed: found 0; expected a mapping, since the path goes on with .x",
                "model | --set model: found no path and value; expected PATH=VALUE, for instance training.batch=32",
                "model.depth= | --set model.depth=: model.depth: found no value; expected PATH=VALUE"
            })
    void aBadOverride_isToldAsTyped(String override, String message) {
        assertThatThrownBy(() -> ConfigReader.parse("a.yaml", LEAST, List.of(override)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(message);
    }

    @Test
    void aMissingFile_isBadInput(@TempDir Path folder) {
        assertThatThrownBy(() -> ConfigReader.read(folder.resolve("none.yaml"), List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found no file; expected a config in YAML");
    }

    @Test
    void aFileOnDisk_givesItsNameInMessages(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), LEAST + "\n\nseed: x\n");

        assertThatThrownBy(() -> ConfigReader.read(file, List.of()))
                .hasMessage(file + ":5: seed: found 'x'; expected a whole number");
    }

    private static ExperimentConfig parse(String yaml) {
        return ConfigReader.parse("a.yaml", yaml, List.of());
    }
}
