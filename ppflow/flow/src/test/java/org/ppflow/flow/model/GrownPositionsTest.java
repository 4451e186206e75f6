package org.ppflow.flow.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class GrownPositionsTest {
    private static final LevelSchedule LEVELS = LevelSchedule.parse("8x8:0.2,4x2:0.6,2x2");

    @ParameterizedTest
    @EnumSource(PositionAlignment.class)
    void ofTheUsualTable_allLevelsHaveTheUsualOnes(PositionAlignment alignment) {
        DitConfig config = config(alignment);
        GrownPositions grown = new GrownPositions(usual(config, LEVELS.count() - 1), config, LEVELS);

        for (int level = 0; level < LEVELS.count(); level++) {
            assertThat(grown.of(level)).isEqualTo(usual(config, level));
        }
    }

    @ParameterizedTest
    @EnumSource(PositionAlignment.class)
    void aLearnedTable_staysAtTheFinestLevel(PositionAlignment alignment) {
        FloatArray learned = learned();

        assertThat(new GrownPositions(learned, config(alignment), LEVELS).of(2)).isEqualTo(learned);
    }

    /** Latent 8 x 16: 4 x 8 finest patches, and 1 x 2 of 8x8. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void ofALearnedTable_aCoarsePatchHasTheRowOfItsFirstPatch_orTheMeanOfAll(int token) {
        FloatArray learned = learned();
        float first = learned.values()[token * 4 * 8];
        double sum = 0;
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                sum += learned.values()[(row * 8 + token * 4 + column) * 8];
            }
        }

        assertThat(table(PositionAlignment.TOP_LEFT, learned).values()[token * 8])
                .isEqualTo(first);
        assertThat(table(PositionAlignment.CENTRED, learned).values()[token * 8])
                .isEqualTo((float) (sum / 16));
    }

    private static FloatArray table(PositionAlignment alignment, FloatArray learned) {
        return new GrownPositions(learned, config(alignment), LEVELS).of(0);
    }

    private static FloatArray learned() {
        FloatArray table = FloatArray.zeros(1, 4 * 8, 8);
        RandomStream.of(1, Purpose.TEST, 0).fillGaussian(table.values(), 0, table.values().length);
        return table;
    }

    private static FloatArray usual(DitConfig config, int level) {
        return PositionTable.of(config, LEVELS.level(level).patch(), LEVELS.finestPatch());
    }

    private static DitConfig config(PositionAlignment alignment) {
        return new DitConfig(4, 8, 16, 1, 8, 2, 4, 10, 0.1, false, false, alignment);
    }
}
