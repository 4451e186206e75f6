package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.databind.node.ObjectNode;

class MeantKeyTest {
    private static final String LEAST = "name: a\nschedules: [sit, ppf-2]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Names of other scripts, in the section where they would be written.
                "training: {lr: 1e-4}           | learning_rate",
                "classifier: {lr: 1e-4}         | learning_rate",
                "training: {batch_size: 64}     | batch",
                "sampling: {cfg_scale: 1.5}     | guidance",
                "sampling: {num_steps: 50}      | steps",
                "model: {hidden_size: 384}      | hidden",
                "model: {num_heads: 6}          | heads",
                "training: {max_grad_norm: 1}   | clip_norm",
                // A number of a mapping of its own.
                "training: {ema_decay: 0.999}   | training.ema.decay",
                "training: {warmup_steps: 100}  | training.learning_rate.warmup_steps",
                // In a section where they do not belong, or in none.
                "training: {cfg_scale: 1.5}     | sampling.guidance",
                "lr: 1e-4                       | training.learning_rate",
                "batch_size: 64                 | training.batch",
                "depth: 6                       | model.depth",
                "sampling: {nearest_k: 5}       | evaluation.nearest_k",
                // A slip is nearer than a name of elsewhere.
                "training: {bacth: 64}          | batch",
            })
    void theKeyThatWasMeant_isTold(String yaml, String meant) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found the unknown key")
                .hasMessageEndingWith("did you mean '" + meant + "'?");
    }

    @Test
    void aLengthInStepsOrEpochs_isToldWithWhatItIsInImages() {
        assertThatThrownBy(() -> parse("training: {max_steps: 1000}"))
                .hasMessageEndingWith(
                        "did you mean 'images'? (a training is as long as the images that it sees: steps × batch)");
        assertThatThrownBy(() -> parse("epochs: 3"))
                .hasMessageEndingWith(
                        "did you mean 'training.images'? (a training is as long as the images that it sees: epochs ×"
                                + " images of the data)");
    }

    @Test
    void allUnknownKeys_areToldAtOnce() {
        assertThatThrownBy(() -> parse("model: {hidden_size: 64}\ntraining:\n  lr: 1e-4\n  ema: {foo: 1}\nxyzzy: 3"))
                .hasMessageStartingWith(
                        "a.yaml:3: model.hidden_size: found the unknown key 'hidden_size'; expected one of")
                .hasMessageContaining(
                        "did you mean 'hidden'? unknown as well:\n  a.yaml:5: training.lr; did you mean 'learning_rate'?\n"
                                + "  a.yaml:6: training.ema.foo; expected one of decay, warmup, more, profiles,"
                                + " snapshot_every\n  a.yaml:7: xyzzy; expected one of name, seed,");
    }

    @Test
    void aKeyThatSeveralSectionsHave_orNone_isNotGuessedAt() {
        assertThatThrownBy(() -> parse("guidance: 2"))
                .as("of sampling and of report")
                .hasMessageEndingWith("evaluation, report, runtime");
        assertThatThrownBy(() -> parse("xyzzy: 2")).hasMessageEndingWith("evaluation, report, runtime");
    }

    @Test
    void everyKeyThatIsNamed_isInAConfig_andNoneOfTheNamesIs() {
        ObjectNode config = ConfigReader.toTree(ConfigReader.parse("a.yaml", LEAST, List.of()));
        assertThat(MeantKey.ELSEWHERE).allSatisfy(elsewhere -> {
            assertThat(ConfigPath.get(config, elsewhere.path()).isMissingNode())
                    .as(elsewhere.path())
                    .isFalse();
            String section = ConfigPath.parent(elsewhere.path());
            assertThat(elsewhere.names())
                    .as("a name that is a key there too is never unknown")
                    .allMatch(name -> ConfigPath.get(config, ConfigPath.child(section, name))
                                    .isMissingNode()
                            || name.equals("warmup_steps"));
        });
    }

    private static void parse(String line) {
        ConfigReader.parse("a.yaml", LEAST + line + "\n", List.of());
    }
}
