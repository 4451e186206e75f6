package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.NpzFile;

class InceptionScoreTest {
    @Test
    void sureAndEvenlySpreadPredictions_scoreTheNumberOfClasses() {
        assertThat(InceptionScore.of(oneHot(4, 100))).isEqualTo(4, within(1e-12));
    }

    @Test
    void samePredictionEverywhere_scoresOne() {
        FloatArray same = FloatArray.zeros(50, 4);
        for (int i = 0; i < 50; i++) {
            System.arraycopy(new float[] {0.5f, 0.25f, 0.25f, 0}, 0, same.values(), i * 4, 4);
        }

        assertThat(InceptionScore.of(same)).isEqualTo(1, within(1e-12));
    }

    @Test
    void goldenProbabilities_giveTheScoreOfEachChunk() throws IOException {
        assumeTrue(Files.exists(Golden.path("inception_score.npz")));
        try (NpzFile golden = Golden.open("inception_score.npz")) {
            FloatArray probabilities = golden.floats("short_last_probabilities");

            assertThat(chunks(probabilities, identity(1100), 500))
                    .containsExactly(golden.doubles("short_last_scores64_split500"), within(1e-11));
            assertThat(InceptionScore.of(probabilities))
                    .isEqualTo(golden.doubles("short_last_scores64_split5000")[0], within(1e-11))
                    .isCloseTo(Golden.scalar(golden, "short_last_score_split5000"), Percentage.withPercentage(1e-4));
        }
    }

    @Test
    void goldenClassSortedRows_spoilChunksAndLeaveTheWhole() throws IOException {
        assumeTrue(Files.exists(Golden.path("inception_score.npz")));
        try (NpzFile golden = Golden.open("inception_score.npz")) {
            FloatArray probabilities = golden.floats("short_last_probabilities");
            int[] order = Arrays.stream(golden.longs("sorted_order"))
                    .mapToInt(Math::toIntExact)
                    .toArray();

            assertThat(chunks(probabilities, order, 100))
                    .containsExactly(golden.doubles("sorted_scores64_split100"), within(1e-11));
            assertThat(InceptionScore.of(probabilities.rows(order)))
                    .isEqualTo(InceptionScore.of(probabilities), within(1e-12));
        }
    }

    @Test
    void goldenZeroProbabilities_countAsZero() throws IOException {
        assumeTrue(Files.exists(Golden.path("inception_score.npz")));
        try (NpzFile golden = Golden.open("inception_score.npz")) {
            assertThat(InceptionScore.of(golden.floats("underflow_probabilities")))
                    .isEqualTo(golden.doubles("underflow_scores64_split5000")[0], within(1e-11));
        }
    }

    @Test
    void shuffledSplits_dependOnKeysAndNotOnOrder() {
        FloatArray probabilities = oneHot(5, 103);
        long[] keys = new long[103];
        Arrays.setAll(keys, i -> (i * 7919L) % 103);
        FloatArray reversed = FloatArray.zeros(103, 5);
        long[] reversedKeys = new long[103];
        for (int i = 0; i < 103; i++) {
            System.arraycopy(probabilities.values(), i * 5, reversed.values(), (102 - i) * 5, 5);
            reversedKeys[102 - i] = keys[i];
        }

        InceptionScore.Splits splits = InceptionScore.shuffled(probabilities, keys, 10);

        InceptionScore.Splits again = InceptionScore.shuffled(reversed, reversedKeys, 10);
        // Sums over rows in another order.
        assertThat(again.mean()).isEqualTo(splits.mean(), within(1e-12));
        assertThat(again.standardDeviation()).isEqualTo(splits.standardDeviation(), within(1e-12));
        assertThat(splits.mean()).isBetween(2.0, InceptionScore.of(probabilities));
        assertThat(splits.standardDeviation()).isPositive();
    }

    @Test
    void oneShuffledSplit_isTheWholeWithoutDeviation() {
        InceptionScore.Splits whole = InceptionScore.shuffled(oneHot(4, 8), new long[8], 1);

        assertThat(whole.mean()).isEqualTo(4, within(1e-12));
        assertThat(whole.standardDeviation()).isZero();
    }

    @Test
    void rowsReadInPieces_scoreAsInOne() {
        FloatArray probabilities = oneHot(7, 1000);
        double[] sums = new double[7];
        for (int i = 0; i < 1000; i++) {
            sums[i % 7] += 1.0 / 1000;
        }
        double entropy = -Arrays.stream(sums).map(p -> p * Math.log(p)).sum();

        assertThat(InceptionScore.of(new ArrayRows(probabilities))).isEqualTo(Math.exp(entropy), within(1e-12));
    }

    @Test
    void shuffled_rejectsMoreSplitsThanRows() {
        assertThatThrownBy(() -> InceptionScore.shuffled(oneHot(2, 3), new long[3], 4))
                .hasMessageContaining("3 rows, 3 keys and 4 parts");
    }

    private static double[] chunks(FloatArray probabilities, int[] order, int size) {
        return IntStream.range(0, (order.length + size - 1) / size)
                .mapToDouble(chunk -> InceptionScore.of(probabilities.rows(
                        Arrays.copyOfRange(order, chunk * size, Math.min(order.length, (chunk + 1) * size)))))
                .toArray();
    }

    private static int[] identity(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static FloatArray oneHot(int classes, int rows) {
        FloatArray probabilities = FloatArray.zeros(rows, classes);
        for (int i = 0; i < rows; i++) {
            probabilities.values()[i * classes + i % classes] = 1;
        }
        return probabilities;
    }
}
