package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.errors.BadInputException;

class MeantKeyTest {
    private static final String LEAST = "name: a\nschedules: [sit, ppf-2]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Names of other scripts, in the mapping where they would be written.
                "training: {batch_size: 64}     | 'batch'?",
                "classifier: {lr: 1e-4}         | 'learning_rate'?",
                "classifier: {epochs: 3}        | 'steps'?",
                "sampling: {cfg_scale: 1.5}     | 'guidance'?",
                "sampling: {num_steps: 50}      | 'steps'?",
                "sampling: {epochs: 5}          | 'training.images' or 'classifier.steps'? (a training is as long as the images that it sees: epochs × images of the data)",
                "model: {hidden_size: 384}      | 'hidden'?",
                "model: {num_heads: 6}          | 'heads'?",
                "training: {max_grad_norm: 1}   | 'clip_norm'?",
                "training: {learning_rate: {lr: 1e-4}} | 'peak'?",
                // The same in another mapping that has the key.
                "report: {cfg_scale: [1, 2]}    | 'guidance'?",
                "watch: {num_samples: 50}       | 'count'?",
                "classifier: {num_steps: 500}   | 'steps'?",
                // A key of a mapping inside.
                "training: {lr: 1e-4}           | 'training.learning_rate.peak'?",
                "training: {ema_decay: 0.999}   | 'training.ema.decay'?",
                "training: {warmup_steps: 100}  | 'training.learning_rate.warmup_steps'?",
                "data: {every: 5}               | 'data.holdout.every'?",
                // In a mapping where they do not belong, or in none.
                "training: {cfg_scale: 1.5}     | 'sampling.guidance'?",
                "lr: 1e-4                       | 'training.learning_rate.peak' or 'classifier.learning_rate'?",
                "batch: 64                      | 'classifier.batch' or 'training.batch' or 'sampling.batch'?",
                "guidance: 2                    | 'sampling.guidance' or 'report.guidance'?",
                "depth: 6                       | 'model.depth'?",
                "codec: haar                    | 'data.codec'?",
                "sampling: {nearest_k: 5}       | 'evaluation.nearest_k'?",
                "model: {patch: 4x4}            | 'schedules[].levels[].patch'?",
                "model: {patch_size: 2}         | 'schedules' or 'schedules[].levels[].patch'?",
                // A slip is nearer than a name of elsewhere.
                "training: {bacth: 64}          | 'batch'?",
                "evaluation: {nearestk: 64}     | 'nearest_k'?",
            })
    void theKeyThatWasMeant_isTold(String yaml, String meant) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found the unknown key")
                .hasMessageEndingWith("; did you mean " + meant);
    }

    @Test
    void insideSchedulesAndLevels_theirOwnKeysAreMeant() {
        assertThatThrownBy(() -> levels("{name: x, levels: [{patch_size: 2x2, start: 0, end: 1}]}"))
                .hasMessageStartingWith(
                        "a.yaml:2: schedules[0].levels[0].patch_size: found the unknown key 'patch_size'")
                .hasMessageEndingWith("did you mean 'patch'?");
        assertThatThrownBy(() -> levels("{name: x, stages: [{patch: 2x2, start: 0, end: 1}]}"))
                .hasMessageEndingWith("did you mean 'levels'?");
    }

    @Test
    void aPathInPlaceOfAKey_isToldAsTheMappingItMeans() {
        assertThatThrownBy(() -> parse("training.batch: 64"))
                .hasMessageStartingWith("a.yaml:3: training.batch: found the unknown key 'training.batch'")
                .hasMessageEndingWith("; write training: {batch: …}");
        assertThatThrownBy(() -> parse("training.ema.decay: 0.9"))
                .hasMessageEndingWith("; write training: {ema: {decay: …}}");
        assertThatThrownBy(() -> parse("training: {learning_rate.peak: 0.9}"))
                .hasMessageEndingWith("; write learning_rate: {peak: …}");
    }

    @Test
    void whatCanOnlyBeWrittenAsOneValue_hasNoKeys() {
        assertThatThrownBy(() -> parse("sampling: {guidance_channels: {count: 3}}"))
                .hasMessageStartingWith("a.yaml:3: sampling.guidance_channels: ")
                .hasMessageNotContaining("unknown key");
        levels("{name: x, levels: [{patch: {rows: 2, columns: 2}, start: 0, end: 1}]}");
        assertThatThrownBy(() -> levels("{name: x, levels: [{patch: {height: 2, width: 2}, start: 0, end: 1}]}"))
                .hasMessageContaining("patch.height: found the unknown key 'height'; expected one of rows, columns");
    }

    @Test
    void aLengthInStepsOrEpochs_isToldWithWhatItIsInImages() {
        assertThatThrownBy(() -> parse("training: {max_steps: 1000}"))
                .hasMessageEndingWith(
                        "did you mean 'images'? (a training is as long as the images that it sees: steps × batch)");
        assertThatThrownBy(() -> parse("epochs: 3"))
                .hasMessageEndingWith(
                        "did you mean 'training.images' or 'classifier.steps'? (a training is as long as the images"
                                + " that it sees: epochs × images of the data)");
    }

    @Test
    void allUnknownKeys_areToldAtOnce() {
        assertThatThrownBy(() -> parse("model: {hidden_size: 64}\ntraining:\n  lr: 1e-4\n  ema: {foo: 1}\nxyzzy: 3"))
                .hasMessageStartingWith(
                        "a.yaml:3: model.hidden_size: found the unknown key 'hidden_size'; expected one of")
                .hasMessageContaining(
                        "did you mean 'hidden'? unknown as well:\n  a.yaml:5: training.lr; did you mean 'training.learning_rate.peak'?\n"
                                + "  a.yaml:6: training.ema.foo; expected one of decay, warmup, more, profiles,"
                                + " snapshot_every\n  a.yaml:7: xyzzy; expected one of name, seed,");
    }

    @Test
    void aKeyThatIsNowhere_isNotGuessedAt() {
        assertThatThrownBy(() -> parse("xyzzy: 2")).hasMessageEndingWith("evaluation, report, runtime");
    }

    @Test
    void moreThanADozen_areNotAllListed() {
        String many = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> "xyzzy" + i + ": 1\n")
                .collect(java.util.stream.Collectors.joining());
        assertThatThrownBy(() -> parse(many))
                .hasMessageContaining("xyzzy0: found")
                .hasMessageContaining("xyzzy11;")
                .hasMessageNotContaining("xyzzy12")
                .hasMessageEndingWith("…");
    }

    @Test
    void everyKeyThatIsNamed_isInAConfig_andNoneOfTheNamesIs() {
        Set<String> paths = KnownKeys.paths(ExperimentConfig.class);
        assertThat(paths)
                .contains("name", "training.ema.decay", "schedules[].levels[].patch", "schedules[].levels[].end");
        assertThat(Elsewhere.ALL).allSatisfy(elsewhere -> {
            assertThat(paths).contains(elsewhere.path());
            assertThat(elsewhere.names())
                    .as("a name that is a key there too is never unknown")
                    .noneMatch(name -> paths.contains(ConfigPath.child(elsewhere.section(), name)));
        });
    }

    private static void levels(String schedule) {
        ConfigReader.parse("a.yaml", "name: a\nschedules: [" + schedule + "]\n", List.of());
    }

    private static void parse(String line) {
        ConfigReader.parse("a.yaml", LEAST + line + "\n", List.of());
    }
}
