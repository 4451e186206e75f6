package org.ppflow.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarTextTest {
    private static final String NOTE = "loss 0.412  10.2 steps/s  350 GFLOP/s";

    private static BarText training(long done, double seconds) {
        return new BarText("train sit", 90_048, 0, done, "images", seconds, NOTE);
    }

    @Test
    void eightyColumns_haveTheBarTheCountAndTheLoss() {
        assertThat(training(20_160, 41).fit(80))
                .hasSize(80)
                .isEqualTo("train sit   22%  [==         ]  20160/90048 images  492/s  2:22 left  loss 0.412");
    }

    @Test
    void wideTerminal_hasAllNotesAndABarThatEnds() {
        assertThat(training(20_160, 41).fit(200))
                .isEqualTo("train sit   22%  [========                              ]"
                        + "  20160/90048 images  492/s  2:22 left  loss 0.412  10.2 steps/s  350 GFLOP/s");
    }

    @ParameterizedTest
    @ValueSource(ints = {79, 70, 66, 60, 50})
    void narrowTerminal_keepsPercentRateTimeLeftAndLoss(int columns) {
        assertThat(training(20_160, 41).fit(columns))
                .hasSizeLessThanOrEqualTo(columns)
                .startsWith("train sit   22%")
                .contains("492/s  2:22 left  loss 0.412");
    }

    @Test
    void longName_isCutForTheFigures() {
        BarText text = new BarText("features of a/very/long/name", 100, 0, 50, "pictures", 10, "");
        assertThat(text.fit(40)).isEqualTo("features of a/v…   50%  5.0/s  0:10 left");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 20, 30})
    void noTerminal_isTooNarrow(int columns) {
        assertThat(training(20_160, 41).fit(columns)).hasSizeLessThanOrEqualTo(columns);
    }

    @Test
    void finishedWithinASecond_hasItsRateAndTime() {
        assertThat(new BarText("features of noise", 500, 0, 500, "pictures", 0.25, "").fit(80))
                .isEqualTo("features of noise  100%  [=================]  500/500 pictures  2000/s  in 0.3 s");
    }

    @Test
    void nothingDoneYet_hasNoRate() {
        assertThat(training(0, 3).fit(60)).doesNotContain("/s", "left").contains("0/90048");
        assertThat(new BarText("join", 0, 0, 0, "shards", 0, "").fit(60)).contains("100%");
    }

    @Test
    void workTakenUpAgain_countsFromThere() {
        assertThat(new BarText("sample", 1000, 900, 950, "images", 100, "").fit(80))
                .contains("0.50/s  1:40 left");
    }

    @Test
    void hours_areHours() {
        assertThat(new BarText("sample", 10_000, 0, 1, "images", 1, "").fit(80)).contains("1.0/s  2:46:39 left");
    }
}
