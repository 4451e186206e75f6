package org.ppflow.flow.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlopsTest {
    /** Shares of SiT's cost in the paper's Tables 1 and 2, as the formula gives them (Table 2 prints 62.6 for XL-2). */
    @ParameterizedTest
    @CsvSource({
        "768, 12, ppf-2, 62.0",
        "768, 12, ppf-3, 49.2",
        "1152, 28, ppf-2, 62.2",
        "1152, 28, ppf-3, 49.4",
        "768, 12, pyramid, 62.0",
        "768, 12, pyramid-renoised, 62.0"
    })
    void share_isThePapers(int hidden, int depth, String schedule, double percent) {
        Flops flops = new Flops(depth, hidden, 32, 32, 4, 4, 8);
        double share = flops.share(LevelSchedule.preset(schedule), LevelSchedule.SIT);
        assertThat(100 * share).isCloseTo(percent, within(0.05));
    }

    /** A quarter of the tokens of 2×2 values, where PPF-2's have 4×4: 2·L·D·(4 + 8) more for each of its twelve others. */
    @Test
    void pyramid_embedsAndProjectsSmallerPatches() {
        Flops flops = new Flops(12, 768, 32, 32, 4, 4, 8);
        double difference = flops.all(LevelSchedule.PPF_2, 0) - flops.all(LevelSchedule.PYRAMID, 0);
        assertThat(difference).isCloseTo(2.0 * 64 * 768 * (4 + 8) * (16 - 4), within(1.0));
        assertThat(flops.all(LevelSchedule.PYRAMID, 1)).isEqualTo(flops.all(LevelSchedule.SIT, 0));
    }
}
