package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.errors.BadInputException;

class ReportConfigTest {
    private static final String PLAIN = "name: a\nschedules: [sit]";

    @Test
    void aConfigWithoutTheKey_hasTheDefault() {
        assertThat(config().report()).isEqualTo(Defaults.REPORT);
    }

    @Test
    void oneScale_isAListOfOne() {
        assertThat(config("report.guidance=3").report().guidance()).containsExactly(3.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report.classes=41|report.classes|41 classes from 2 noises at 5 scales",
                "report.classes=-1|report.classes|-1 must be at least 0",
                "report.noises=0|report.noises|0 must be at least 1",
                "report.guidance=[]|report.guidance|must have a scale",
                "report.guidance=[1, -2]|report.guidance[1]|must be 0 or above",
                "report.guidance=[2, 2]|report.guidance|has a scale twice",
                "report.paths=11|report.paths|must be from 0 to 10",
                "report.points=1|report.points|must be from 2 to 41",
                "report.point=3|report.point|did you mean 'points'?"
            })
    void whatCannotBe_isRefusedWithItsKey(String override, String key, String message) {
        assertThatThrownBy(() -> config(override))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(message);
    }

    @Test
    void changes_areTheKeysThatAreNotAsDefaultsSay() {
        assertThat(FromDefaults.of(config("training.images=480", "sampling.guidance=[1.5]", "seed=3")))
                .containsExactly(
                        new FromDefaults("seed", "3", "0"),
                        new FromDefaults("training.images", "480", "90048"),
                        new FromDefaults("sampling.guidance", "1.5", "2.0"));
        assertThat(FromDefaults.of(config())).isEmpty();
    }

    private static ExperimentConfig config(String... overrides) {
        return ConfigReader.parse("a.yaml", PLAIN, List.of(overrides));
    }
}
