package org.ppflow.flow.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.errors.BadInputException;

class LevelScheduleTest {
    private static final PatchSize FINE = new PatchSize(2, 2);

    @Test
    void levelAt_isHalfOpenAndClosedAtTheEnd() {
        assertThat(LevelSchedule.PPF_3.levelAt(0)).isZero();
        assertThat(LevelSchedule.PPF_3.levelAt(Math.nextDown(0.5))).isZero();
        assertThat(LevelSchedule.PPF_3.levelAt(0.5)).isEqualTo(1);
        assertThat(LevelSchedule.PPF_3.levelAt(0.75)).isEqualTo(2);
        assertThat(LevelSchedule.PPF_3.levelAt(1)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void levelAt_rejectsTimesOutside(double t) {
        assertThatThrownBy(() -> LevelSchedule.SIT.levelAt(t)).hasMessageContaining("t: " + t);
    }

    @Test
    void schedule_rejectsAGap() {
        List<PatchLevel> levels = List.of(new PatchLevel(FINE, 0, 0.4), new PatchLevel(FINE, 0.5, 1));
        assertThatThrownBy(() -> new LevelSchedule("x", levels))
                .hasMessage("levels[1].start: 0.5 leaves a gap after the level before, which ends at 0.4");
    }

    @Test
    void schedule_rejectsAnOverlap() {
        List<PatchLevel> levels = List.of(new PatchLevel(FINE, 0, 0.6), new PatchLevel(FINE, 0.5, 1));
        assertThatThrownBy(() -> new LevelSchedule("x", levels))
                .hasMessage("levels[1].start: 0.5 overlaps the level before, which ends at 0.6");
    }

    @Test
    void schedule_rejectsAnEndBeforeOne() {
        assertThatThrownBy(() -> new LevelSchedule("x", List.of(new PatchLevel(FINE, 0, 0.9))))
                .hasMessage("levels[0].end: 0.9 leaves a gap before 1");
    }

    @Test
    void schedule_rejectsPatchesThatDoNotTile() {
        LevelSchedule schedule = new LevelSchedule("x", List.of(new PatchLevel(new PatchSize(3, 3), 0, 1)));
        assertThatThrownBy(() -> schedule.requireTiles(32, 32))
                .hasMessage("levels[0].patch: 3x3 does not divide latent 32x32");
    }

    @Test
    void patchSize_isASquareByItsSide() {
        assertThat(PatchSize.parse("4")).isEqualTo(new PatchSize(4, 4));
        assertThat(LevelSchedule.parse("4:0.5,2")).isEqualTo(LevelSchedule.parse("4x4:0.5,2x2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4x", "x4", "0x4", "4x-2", "4 x 4", "99999x1"})
    void patchSize_rejectsOtherForms(String text) {
        assertThatThrownBy(() -> PatchSize.parse(text)).hasMessageContaining("'" + text + "'");
    }

    @Test
    void preset_namesThoseThereAre() {
        assertThatThrownBy(() -> LevelSchedule.preset("ppf-9"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'ppf-9'")
                .hasMessageContaining("ppf-2, ppf-3, pyramid, pyramid-renoised, sit");
    }

    @Test
    void pyramid_hasOneProjectionForLatentsOfEverySize() {
        LevelSchedule pyramid = LevelSchedule.PYRAMID_RENOISED;
        assertThat(pyramid.projected(0)).isEqualTo(FINE);
        assertThat(pyramid.reduction(0)).isEqualTo(2);
        assertThat(pyramid.reduction(1)).isEqualTo(1);
        assertThat(pyramid.describe(0)).isEqualTo("4x4 as 2x2");
        assertThat(LevelSchedule.PPF_2.projected(0)).isEqualTo(new PatchSize(4, 4));
        assertThat(LevelSchedule.PPF_2.reduction(0)).isEqualTo(1);
        assertThat(pyramid.hasNetworkOf(LevelSchedule.PYRAMID)).isTrue();
        assertThat(pyramid.hasNetworkOf(LevelSchedule.PPF_2)).isFalse();
    }

    @Test
    void pyramid_rejectsStagesThatAreNotHalves() {
        for (String text : List.of("2x4:0.5,2x2", "8x8:0.5,2x2", "2x2:0.5,4x4")) {
            List<PatchLevel> levels = LevelSchedule.parse(text).levels();
            assertThatThrownBy(() -> new LevelSchedule("x", levels, Representation.PYRAMID))
                    .hasMessageContaining("levels[0].patch: " + levels.get(0).patch() + " must be twice as high");
        }
        assertThatThrownBy(() -> new LevelSchedule("x", LevelSchedule.SIT.levels(), Representation.PYRAMID))
                .hasMessageContaining("at least two stages");
    }

    @Test
    void batchPlan_splitsInProportion() {
        assertThat(BatchPlan.split(LevelSchedule.PPF_3, 16).counts()).containsExactly(8, 4, 4);
        assertThat(BatchPlan.split(LevelSchedule.SIT, 7).counts()).containsExactly(7);
    }

    @Test
    void batchPlan_namesTheNearestBatchesThatCanBeSplit() {
        assertThatThrownBy(() -> BatchPlan.split(LevelSchedule.PPF_3, 10))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("10 images")
                .hasMessageContaining("8 and 12");
    }

    @Test
    void batchPlan_ofAHugeOddBatch_isRefused() {
        assertThatThrownBy(() -> BatchPlan.split(LevelSchedule.PPF_2, 2_000_000_001))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2000000000");
    }
}
