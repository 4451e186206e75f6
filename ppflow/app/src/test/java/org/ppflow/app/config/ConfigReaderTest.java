package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.level.Representation;
import org.ppflow.flow.training.LearningRate;
import org.ppflow.nn.errors.BadInputException;

class ConfigReaderTest {
    private static final String LEAST = "name: a\nschedules: [sit, ppf-2]\n";

    @Test
    void whatAFileLeavesOut_comesFromTheDefaults() {
        ExperimentConfig config = parse(LEAST);

        assertThat(config.data()).isEqualTo(Defaults.DATA);
        assertThat(config.training()).isEqualTo(Defaults.TRAINING);
        assertThat(config.sampling()).isEqualTo(Defaults.SAMPLING);
        assertThat(config.schedules()).containsExactly(LevelSchedule.SIT, LevelSchedule.PPF_2);
    }

    @Test
    void initScratch_isNoFile_andAFileKeepsTheOtherDefaults() {
        assertThat(parse(LEAST + "init: scratch\n").init()).isEqualTo(InitConfig.SCRATCH);
        InitConfig sit = parse(LEAST + "init: {sit: a.pt}\n").init();
        assertThat(sit.file()).isEqualTo("a.pt");
        assertThat(sit.warmStart()).isEqualTo(InitConfig.SCRATCH.warmStart());
    }

    @Test
    void aSectionWithOneKey_keepsTheOtherDefaults() {
        ExperimentConfig config = parse(LEAST + "training: {learning_rate: {peak: 1e-3}}\n");

        assertThat(config.training().learningRate())
                .isEqualTo(new LearningRateConfig(1e-3, 50, 0.3, LearningRate.Decay.LINEAR));
        assertThat(config.training().batch()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource({"5e-3, 5e-3", "5E-3, 5e-3", ".5e-2, 5e-3", "+1e0, 1", "1e1, 10", "1.25e-1, 0.125"})
    void aNumberWithAnExponent_isANumberAsYamlSays(String written, double peak) {
        ExperimentConfig config = parse(LEAST + "training: {learning_rate: {peak: " + written + "}}\n");

        assertThat(config.training().learningRate().peak()).isEqualTo(peak);
    }

    @Test
    void aWholeNumberWithAnExponent_isTakenExactly_alsoOnTheCommandLine() {
        ExperimentConfig config = ConfigReader.parse(
                "x.yaml",
                LEAST + "seed: 9.007199254740993e15\n",
                List.of("training.images=9.6e4", "training.keep=2e0"));

        assertThat(config.seed()).isEqualTo(9_007_199_254_740_993L);
        assertThat(config.training().images()).isEqualTo(96_000);
        assertThat(config.training().keep()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5e0", "1e-1", "1e300", "1e999999999", "'1e4'", "32.0"})
    void whatIsNoWholeNumber_isRefused_howeverItIsWritten(String written) {
        assertThatThrownBy(() -> parse(LEAST + "training: {images: " + written + "}\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("training.images");
    }

    @Test
    void writtenAndRead_isTheSameRecord() {
        ExperimentConfig config = parse("""
                name: "007"
                seed: 12345678901
                schedules:
                - ppf-3
                - name: own
                  levels:
                  - {patch: 8x4, start: 0, end: 0.25}
                  - {patch: 4x4, start: 0.25, end: 0.5}
                  - {patch: 2x2, start: 0.5, end: 1}
                sampling: {guidance: [1, 2.5, 3], guidance_channels: 3, solver: euler}
                runtime: {precision: bf16}
                """);

        String yaml = ConfigReader.toYaml(config);

        assertThat(ConfigReader.parse("written.yaml", yaml, List.of())).isEqualTo(config);
        assertThat(yaml).contains("name: \"007\"").contains("ppf-3").contains("patch: 8x4");
    }

    @Test
    void pyramidOfOnesOwn_isWrittenAndReadWithItsKind() {
        ExperimentConfig config = parse("""
                name: a
                schedules:
                - pyramid
                - name: late
                  representation: pyramid-renoised
                  levels: [{patch: 4x4, start: 0, end: 0.75}, {patch: 2x2, start: 0.75, end: 1}]
                - name: patches
                  levels: [{patch: 4x4, start: 0, end: 0.75}, {patch: 2x2, start: 0.75, end: 1}]
                """);

        String yaml = ConfigReader.toYaml(config);

        assertThat(ConfigReader.parse("written.yaml", yaml, List.of())).isEqualTo(config);
        assertThat(config.schedules().get(1).representation()).isEqualTo(Representation.PYRAMID_RENOISED);
        // What is the default is not written: configs of older runs stay the same text.
        assertThat(yaml).containsOnlyOnce("representation:");
    }

    @Test
    void theQuickstart_isWhatTheDefaultsSay() throws IOException {
        ExperimentConfig config = ConfigReader.read(Path.of("../../configs/quickstart.yaml"), List.of());

        assertThat(config).isEqualTo(parse("name: quickstart\nschedules: [sit, ppf-2]\nsampling: {batch: 50}"));
    }

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
                "model: {depth:} | model.depth: found no value; expected a value for the required key 'depth'",
                "model: 3 | model: found 3; expected a mapping with the keys depth, hidden, heads, mlp_ratio,"
                        + " learn_sigma, class_dropout, level_embedding, position, path, prediction",
                "model: {learn_sigma: 1} | model.learn_sigma: found 1; expected true or false",
                "model: {position: left} | model.position: found 'left'; expected one of top-left, centred",
                "model: {heads: 5} | model.heads: 5 must divide hidden, which is 128",
                "sampling: {solver: huen} | sampling.solver: found 'huen'; expected one of euler, midpoint, heun, heun3, rk4, rk4-38, dopri5, dopri5-torchdiffeq; did you mean 'heun'?",
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

    @Test
    void aNetworkOfScores_isReadWithItsDefaults_andWrittenInFull() {
        ExperimentConfig config = parse(LEAST + """
                data: {source: "latents:x", latent: 4x32x32, classes: 1000}
                evaluation: {network: x.pb, reference: r.npz}
                """);

        assertThat(config.evaluation())
                .isEqualTo(new EvaluationConfig(
                        "x.pb", "r.npz", List.of(EvaluationConfig.Protocol.ADM, EvaluationConfig.Protocol.EXACT), 3));
        assertThat(parse(ConfigReader.toYaml(config))).isEqualTo(config);
        assertThat(parse(LEAST).evaluation().byNetwork()).isFalse();
    }

    @Test
    void pictureFiles_areInColour_andHaveTheirOwnClasses() {
        ExperimentConfig config = parse(LEAST + """
                data: {source: "pictures:cats", size: 64, classes: 3}
                """);

        assertThat(config.data().files()).contains(Path.of("cats"));
        assertThat(config.data().latentShape()).isEqualTo(new LatentShape(12, 32, 32));
        assertThat(config.byClassifier()).isTrue();
        assertThat(parse(ConfigReader.toYaml(config))).isEqualTo(config);
        assertThat(EffectiveKeys.yaml(config)).contains("classes: 3").doesNotContain("latent:");
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
    void anUnknownPreset_isToldWithTheNearest() {
        assertThatThrownBy(() -> parse("name: a\nschedules: [sit, pff-2]"))
                .hasMessage(
                        "a.yaml:2: schedules[1]: found schedule 'pff-2'; expected one of ppf-2, ppf-3, pyramid, pyramid-renoised, sit,"
                                + " or a mapping with name and levels; did you mean 'ppf-2'?");
    }

    @Test
    void aMissingRequiredKey_isNamed() {
        assertThatThrownBy(() -> parse("seed: 3\nschedules: [sit]"))
                .hasMessage("a.yaml:1: name: found nothing; expected a value for the required key 'name'");
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
    void aMissingFile_isBadInput(@TempDir Path folder) {
        assertThatThrownBy(() -> ConfigReader.read(folder.resolve("none.yaml"), List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found no file; expected a config in YAML");
    }

    @Test
    void overrides_areAppliedBeforeBinding() throws IOException {
        ExperimentConfig config = ConfigReader.parse(
                "a.yaml",
                LEAST,
                List.of(
                        "model.depth=2",
                        "schedules[1].levels[0].end=0.4",
                        "schedules[1].levels[1].start=0.4",
                        "schedules[0]=ppf-3",
                        "training={batch: 20, images: 80}",
                        "sampling.guidance=[3]",
                        "training.betas[1]=0.95"));

        assertThat(config.model().depth()).isEqualTo(2);
        assertThat(config.schedules().get(0)).isEqualTo(LevelSchedule.PPF_3);
        assertThat(config.schedules().get(1).level(0)).isEqualTo(new PatchLevel(new PatchSize(4, 4), 0, 0.4));
        assertThat(config.training().batch()).isEqualTo(20);
        assertThat(config.training().keep()).isEqualTo(Defaults.TRAINING.keep());
        assertThat(config.training().betas()).containsExactly(0.9, 0.95);
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
    void guidance_isOneForAllLevelsOrOneALevel() {
        SamplingConfig one = Defaults.SAMPLING;
        SamplingConfig two = new SamplingConfig(
                1,
                "heun",
                1,
                List.of(1.5, 3.5),
                new GuidanceChannels(3),
                List.of(0.0, 1.0),
                Boundary.HALF_OPEN,
                1,
                false,
                SdeConfig.NONE,
                1);

        assertThat(one.guidanceFor(LevelSchedule.PPF_3)).containsExactly(2.0, 2.0, 2.0);
        assertThat(two.guidanceFor(LevelSchedule.PPF_2)).containsExactly(1.5, 3.5);
        assertThat(two.guidanceChannels().count(4)).isEqualTo(3);
        assertThat(GuidanceChannels.ALL.count(4)).isEqualTo(4);
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
    void aNameOrARate_thatIsWrittenWrongly_isToldHowItIsWritten() {
        assertThatThrownBy(() ->
                        parse("name: a\nschedules: [{name: my run/1, levels: [{patch: 2x2, start: 0, end: 1}]}]\n"))
                .hasMessageEndingWith(
                        "schedules[0].name: 'my run/1' must be of letters, digits, '.', '_', '-' and '/', and begin with a"
                                + " letter or a digit");
        assertThatThrownBy(() -> parse(LEAST + "training: {learning_rate: 5e-3}\n"))
                .hasMessageEndingWith("; the rate alone is training.learning_rate.peak");
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
