package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

/** The search by products against every distance in fp64: equal to the last bit, not nearly. */
class ExactSearchTest {
    private static final int TILE = 16;

    @ParameterizedTest
    @EnumSource
    void anyKindOfSet_givesBruteForceToTheBit(RandomSets kind) {
        for (int seed = 0; seed < 3; seed++) {
            FloatArray reference = kind.of(seed, 70, 9 + 20 * seed);
            FloatArray samples = kind.of(seed + 100, 83, 9 + 20 * seed);

            assertEqual(search(reference, samples, 3, 32), BruteForce.precisionRecall(reference, samples, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, TILE - 1, TILE, TILE + 1, 2 * TILE, 2 * TILE + 1, 3 * TILE - 1})
    void anyNumberOfRows_givesBruteForceToTheBit(int rows) {
        for (int others : new int[] {2, TILE - 1, TILE, TILE + 1}) {
            FloatArray reference = RandomSets.NORMAL.of(7, rows, 3);
            FloatArray samples = RandomSets.NORMAL.of(8, others, 3);

            assertEqual(search(reference, samples, 1, TILE), BruteForce.precisionRecall(reference, samples, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void anyNeighbour_givesBruteForceToTheBit(int k) {
        FloatArray reference = RandomSets.TIES.of(k, 45, 6);
        FloatArray samples = RandomSets.TIES.of(k + 10, 39, 6);

        assertEqual(search(reference, samples, k, TILE), BruteForce.precisionRecall(reference, samples, k));
    }

    @Test
    void fullSizeTiles_giveBruteForceToTheBit() {
        // More columns than one thread takes at a time, rows as long as Inception's.
        FloatArray reference = RandomSets.NORMAL.of(1, 90, 2048);
        FloatArray samples = RandomSets.NORMAL.of(2, 300, 2048);

        assertEqual(
                search(reference, samples, 3, PairTiles.TILE_ROWS), BruteForce.precisionRecall(reference, samples, 3));
    }

    @Test
    void orderOfRows_changesNothing() {
        FloatArray reference = RandomSets.NORMAL.of(3, 50, 8);
        FloatArray samples = RandomSets.NORMAL.of(4, 60, 8);
        int[] order = IntStream.range(0, 60).map(i -> i * 17 % 60).toArray();

        PrecisionRecall plain = search(reference, samples, 3, TILE);
        PrecisionRecall permuted = search(reference, samples.rows(order), 3, TILE);

        assertThat(permuted.referenceMargins()).isEqualTo(plain.referenceMargins());
        assertThat(permuted.sampleMargins())
                .isEqualTo(Arrays.stream(order)
                        .mapToDouble(i -> plain.sampleMargins()[i])
                        .toArray());
        assertThat(permuted.density()).isEqualTo(plain.density());
        assertThat(permuted.coverage()).isEqualTo(plain.coverage());
    }

    @Test
    void everyPairWithinBounds() {
        for (RandomSets kind : RandomSets.values()) {
            FloatArray set = kind.of(5, 60, 200);
            ArrayRows rows = new ArrayRows(set);
            float[] centre = DistanceBounds.centre(rows);
            DistanceBounds bounds = DistanceBounds.of(rows, centre);
            double[][] exact = BruteForce.distances(set, set);
            try (PanelProducts products = PanelProducts.centred(centre)) {
                new PairTiles(200, 60, 60).triangle(products, rows, new RowRange(0, 60), tile -> {
                    for (int i = 0; i < 60; i++) {
                        for (int j = 0; j < 60; j++) {
                            float lower = bounds.low(i) + bounds.low(j) - 2 * tile.products()[tile.start(i) + j];
                            double upper = lower + bounds.width(i) + bounds.width(j);
                            assertThat(lower > exact[i][j])
                                    .as("%s: %d, %d: %s", kind, i, j, lower)
                                    .isFalse();
                            assertThat(upper < exact[i][j])
                                    .as("%s: %d, %d: %s", kind, i, j, upper)
                                    .isFalse();
                        }
                    }
                });
            }
        }
    }

    /** A bound that is true and excludes nothing would pass every other test and take an hour at full size. */
    @Test
    void bounds_excludeNearlyAllPairs() {
        FloatArray set = RandomSets.NORMAL.of(6, 500, 2048);
        ArrayRows rows = new ArrayRows(set);
        float[] centre = DistanceBounds.centre(rows);
        DistanceBounds bounds = DistanceBounds.of(rows, centre);
        double[] radii = BruteForce.radii(set, 3);
        int[] left = {0};
        try (PanelProducts products = PanelProducts.centred(centre)) {
            new PairTiles(2048, 500, 500).triangle(products, rows, new RowRange(0, 500), tile -> {
                for (int i = 0; i < 500; i++) {
                    for (int j = 0; j < 500; j++) {
                        float lower = bounds.low(i) + bounds.low(j) - 2 * tile.products()[tile.start(i) + j];
                        left[0] += lower < radii[i] ? 1 : 0;
                    }
                }
            });
        }

        // Four of each row are in the ball; distances near its edge leave some more open.
        assertThat(left[0]).isBetween(3 * 500, 6 * 500);
    }

    @ParameterizedTest
    @EnumSource
    void nearestNeighbours_areThoseOfASort(RandomSets kind) {
        FloatArray queries = kind.of(20, 5, 12);
        FloatArray set = kind.of(21, 100, 12);

        NearestNeighbours found =
                NearestNeighbours.of(new ArrayRows(queries), new ArrayRows(set), 4, TILE, Progress.NONE);

        double[][] distances = BruteForce.distances(queries, set);
        for (int query = 0; query < 5; query++) {
            double[] own = distances[query];
            int[] expected = IntStream.range(0, 100)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> own[i]).thenComparing(i -> i))
                    .limit(4)
                    .mapToInt(i -> i)
                    .toArray();
            assertThat(found.indices()[query]).isEqualTo(expected);
            assertThat(found.squaredDistances()[query])
                    .isEqualTo(Arrays.stream(expected).mapToDouble(i -> own[i]).toArray());
        }
    }

    @Test
    void nearestNeighboursOfOneRow_areAllWhereAsked() {
        ArrayRows rows = new ArrayRows(RandomSets.NORMAL.of(1, 3, 2));

        NearestNeighbours all = NearestNeighbours.of(rows, rows, 3, Progress.NONE);

        assertThat(all.indices()[1]).startsWith(1).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(all.squaredDistances()[1][0]).isZero();
        assertThatThrownBy(() -> NearestNeighbours.of(rows, rows, 4, Progress.NONE))
                .hasMessageContaining("no 4 neighbours among 3 rows");
    }

    @Test
    void valueThatIsNotFinite_isRejectedWithItsRow() {
        FloatArray broken = RandomSets.NORMAL.of(1, 20, 4);
        broken.values()[4 * 11 + 2] = Float.NaN;

        assertThatThrownBy(() -> search(broken, broken, 3, TILE))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("row 11 of features")
                .hasMessageContaining("value 2 is NaN");
    }

    @Test
    void rowsOfDifferentLengths_areRejected() {
        assertThatThrownBy(() -> search(RandomSets.NORMAL.of(1, 9, 4), RandomSets.NORMAL.of(1, 9, 5), 3, TILE))
                .hasMessageContaining("rows of 4 and of 5 values");
    }

    private static PrecisionRecall search(FloatArray reference, FloatArray samples, int k, int tile) {
        return PrecisionRecall.between(new ArrayRows(reference), new ArrayRows(samples), k, tile, Progress.NONE);
    }

    private static void assertEqual(PrecisionRecall found, PrecisionRecall expected) {
        assertThat(found.sampleMargins()).isEqualTo(expected.sampleMargins());
        assertThat(found.referenceMargins()).isEqualTo(expected.referenceMargins());
        assertThat(found.precision()).isEqualTo(expected.precision());
        assertThat(found.recall()).isEqualTo(expected.recall());
        assertThat(found.density()).isEqualTo(expected.density());
        assertThat(found.coverage()).isEqualTo(expected.coverage());
    }
}
