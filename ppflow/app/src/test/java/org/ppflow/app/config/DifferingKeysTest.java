package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferingKeysTest {
    @Test
    void keys_thatDiffer_haveTheValueOfEachConfig() {
        ExperimentConfig one = config("one", "schedules: [sit]\ntraining: {batch: 48}");
        ExperimentConfig other = config("other", "schedules: [sit, ppf-2]\ntraining: {batch: 96}");

        assertThat(DifferingKeys.of(List.of(one, other, one)))
                .extracting(DifferingKeys::path)
                .containsExactly("schedules", "training.batch");
        assertThat(DifferingKeys.of(List.of(one, other, one)).get(1).values()).containsExactly("48", "96", "48");
    }

    @Test
    void configs_ofDifferentNamesAlone_doNotDiffer() {
        assertThat(DifferingKeys.of(List.of(config("one", "schedules: [sit]"), config("other", "schedules: [sit]"))))
                .isEmpty();
    }

    private static ExperimentConfig config(String name, String rest) {
        return ConfigReader.parse("test.yaml", "name: " + name + "\n" + rest + "\n", List.of());
    }
}
