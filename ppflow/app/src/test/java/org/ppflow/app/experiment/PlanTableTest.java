package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a plan compares models with. */
class PlanTableTest {
    @Test
    void oneScheduleAlone_standsBesideSitByFlops_notBesideItself() {
        String text = plan("[ppf-2]").toText();

        assertThat(text)
                .contains("training FLOPs, % of SiT", "sampling FLOPs, % of SiT")
                .doesNotContain("cost of ppf-2", "100.0 %\n");
    }

    /** Half of t at 4x4 and half at 2x2, by 24·L·D² + 4·L²·D with L of 16 and 64 tokens: D = 128. */
    @Test
    void theShareOfTraining_isTheMeanOfTheLevelsOverTheFinest() {
        double coarse = 24.0 * 16 * 128 * 128 + 4.0 * 16 * 16 * 128;
        double fine = 24.0 * 64 * 128 * 128 + 4.0 * 64 * 64 * 128;

        assertThat(row("[ppf-2]", 0).path("training_flops_share_of_sit").doubleValue())
                .isCloseTo((coarse + fine) / 2 / fine, within(1e-12));
    }

    /** Euler with 4 steps: two of them on each level. */
    @Test
    void theShareOfSampling_weighsThePassesThatRun() {
        JsonNode row = row("[ppf-2]", 0);
        double coarse = 24.0 * 16 * 128 * 128 + 4.0 * 16 * 16 * 128;
        double fine = 24.0 * 64 * 128 * 128 + 4.0 * 64 * 64 * 128;

        assertThat(row.path("nfe").stringValue()).isEqualTo("4 (2 + 2)");
        assertThat(row.path("sampling_flops_share_of_sit").doubleValue())
                .isCloseTo((coarse + fine) / 2 / fine, within(1e-12));
    }

    @Test
    void besideSit_theModelsAreComparedWithIt_andNothingIsSaidTwice() {
        assertThat(plan("[sit, ppf-2]").toText())
                .contains("training cost of sit")
                .doesNotContain("% of SiT");
    }

    @Test
    void schedulesWithoutSit_haveBoth() {
        assertThat(plan("[ppf-2, ppf-3]").toText()).contains("training cost of ppf-2", "training FLOPs, % of SiT");
    }

    @Test
    void sitAlone_isComparedWithNothing() {
        assertThat(plan("[sit]").toText()).doesNotContain("cost of sit", "% of SiT");
    }

    private static JsonNode row(String schedules, int column) {
        return JsonMapper.shared()
                .readTree(plan(schedules).toJson())
                .path("rows")
                .path(column);
    }

    private static PlanTable plan(String schedules) {
        ExperimentConfig config = ConfigReader.parse("test.yaml", """
                name: test
                schedules: %s
                data: {size: 32, codec: haar}
                model: {depth: 4, hidden: 128, heads: 4}
                training: {images: 960, batch: 48}
                sampling: {solver: euler, steps: 4, guidance: 2.0}
                """.formatted(schedules), List.of());
        return new PlanTable(
                config,
                config.schedules().stream()
                        .map(schedule -> ModelPlan.of(config, schedule))
                        .toList());
    }
}
