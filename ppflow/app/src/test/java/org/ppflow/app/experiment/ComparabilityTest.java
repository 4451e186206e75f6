package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;

class ComparabilityTest {
    private static final ExperimentConfig ONE = config("");

    @Test
    void runsThatDifferInWhatIsCompared_needNoCaution() {
        assertThat(Comparability.cautions(List.of(ONE, config("training: {images: 480}"), config("model: {depth: 2}"))))
                .isEmpty();
    }

    @Test
    void anotherSeed_isAnotherClassifier() {
        assertThat(Comparability.cautions(List.of(ONE, config("seed: 1"))))
                .singleElement()
                .asString()
                .contains("not judged by the same network");
    }

    @Test
    void numbersOfSamples_areNamed() {
        assertThat(Comparability.cautions(List.of(ONE, config("sampling: {count: 200}"))))
                .singleElement()
                .asString()
                .contains("(200, 500)");
    }

    private static ExperimentConfig config(String more) {
        String yaml = "name: a\nschedules: [ppf-2]\n" + (more.startsWith("sampling") ? "" : "sampling: {count: 500}\n")
                + more + "\n";
        return ConfigReader.parse("test.yaml", yaml, List.of());
    }
}
