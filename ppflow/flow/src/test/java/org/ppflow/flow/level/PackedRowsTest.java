package org.ppflow.flow.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.errors.BadInputException;

class PackedRowsTest {
    /** The paper's cost of training by packed rows: 62.5 and 50 percent of SiT's. */
    @ParameterizedTest
    @CsvSource({"sit, 1, 1", "ppf-2, 8, 0.625", "ppf-3, 8, 0.5"})
    void share_isThePapersTrainingCost(String schedule, int smallest, double share) {
        PackedRows rows = PackedRows.smallest(LevelSchedule.preset(schedule), 32, 32);

        assertThat(rows.layout().rows() / rows.length()).isEqualTo(rows.count());
        assertThat(BatchPlan.split(LevelSchedule.preset(schedule), smallest).batch())
                .isEqualTo(images(rows).size());
        assertThat(rows.share()).isEqualTo(share);
    }

    @Test
    void rows_holdEveryImageOnceInTheOrderOfTheBatch() {
        PackedRows rows = PackedRows.of(LevelSchedule.PPF_3, 16, 32, 32);

        assertThat(images(rows)).isEqualTo(IntStream.range(0, 16).boxed().toList());
        assertThat(rows.row(0))
                .containsExactly(
                        new PackedRows.Image(0, 0, 0, 64),
                        new PackedRows.Image(1, 0, 64, 64),
                        new PackedRows.Image(2, 0, 128, 64),
                        new PackedRows.Image(3, 0, 192, 64));
        assertThat(rows.row(2))
                .containsExactly(new PackedRows.Image(8, 1, 0, 128), new PackedRows.Image(9, 1, 128, 128));
        assertThat(rows.row(7)).containsExactly(new PackedRows.Image(15, 2, 0, 256));
        assertThatThrownBy(() -> rows.row(8)).hasMessage("row 8 of 8");
    }

    @Test
    void aBatchThatLeavesGaps_isAnsweredWithTheNearestThatDoNot() {
        assertThatThrownBy(() -> PackedRows.of(LevelSchedule.PPF_3, 12, 32, 32))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("[64, 128, 256] tokens")
                .hasMessageContaining("the nearest batches that do: 8 and 16");
        assertThatThrownBy(() -> PackedRows.of(LevelSchedule.PPF_3, -5, 32, 32)).hasMessageContaining("that do: 8");
    }

    @Test
    void levelsWhoseTokensDoNotDivideTheLongest_haveNoBatch() {
        LevelSchedule schedule = LevelSchedule.parse("3x3:0.5,2x2");
        assertThatThrownBy(() -> PackedRows.smallest(schedule, 12, 12))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no batch below 65536");
    }

    private static List<Integer> images(PackedRows rows) {
        return IntStream.range(0, rows.count())
                .boxed()
                .flatMap(row -> rows.row(row).stream())
                .map(PackedRows.Image::image)
                .toList();
    }
}
