package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.NpzFile;

class AdmInceptionScoreTest {
    private static final String FILE = "inception_score.npz";

    static List<Arguments> scores() throws IOException {
        List<Arguments> scores = new ArrayList<>();
        for (int split : new int[] {100, 500, 5000}) {
            for (String name : Golden.cases(FILE, "_score_split" + split)) {
                scores.add(Arguments.of(name, split));
            }
        }
        return scores;
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("scores")
    void goldenRows_scoreAsTheReferenceSays(String name, int split) throws IOException {
        try (NpzFile golden = Golden.open(FILE)) {
            double expected = Golden.scalar(golden, name + "_score_split" + split);

            AdmInceptionScore score = AdmInceptionScore.of(new ArrayRows(rows(golden, name)), split);

            if (Double.isNaN(expected)) {
                assertThat(score.value()).isEmpty();
                assertThat(score.warnings("samples"))
                        .singleElement()
                        .asString()
                        .contains(score.zeroProbabilities() + " class probabilities are exactly 0")
                        .contains("nan");
            } else {
                assertThat(score.value().orElseThrow()).isEqualTo(expected, within(1e-6 * expected));
                assertThat(score.zeroProbabilities()).isZero();
            }
        }
    }

    @Test
    void keysThatAreTheOriginalPlaces_undoTheSorting() throws IOException {
        if (!scores().isEmpty()) {
            try (NpzFile golden = Golden.open(FILE)) {
                long[] order = golden.longs("sorted_order");

                AdmInceptionScore score = AdmInceptionScore.shuffled(new ArrayRows(rows(golden, "sorted")), 100, order);

                double expected = Golden.scalar(golden, "shuffled_score_split100");
                assertThat(score.value().orElseThrow()).isEqualTo(expected, within(1e-6 * expected));
            }
        }
    }

    @Test
    void shortLastChunk_isSaid() {
        ArrayRows rows = new ArrayRows(new FloatArray(new int[] {3, 2}, new float[] {1f, 1f, 1f, 1f, 1f, 1f}));

        assertThat(AdmInceptionScore.of(rows, 2).warnings("samples"))
                .singleElement()
                .asString()
                .contains("the last of 2 parts");
        assertThat(AdmInceptionScore.of(rows, 3).warnings("samples")).isEmpty();
    }

    /** Σ 1/i as np.sum of an fp32 array gives it, NumPy 2.5.5; a running sum differs from 127 numbers on. */
    @ParameterizedTest
    @CsvSource({
        "1, 0x1.0p0",
        "7, 0x1.4be2c0p1",
        "8, 0x1.5be2c0p1",
        "9, 0x1.6a1ba4p1",
        "127, 0x1.5b38b2p2",
        "128, 0x1.5bb8b0p2",
        "129, 0x1.5c37b4p2",
        "1008, 0x1.df9474p2",
        "5000, 0x1.230638p3"
    })
    void pairwiseSum_isNumPysToTheBit(int length, String expected) {
        float[] values = new float[length + 1];
        for (int i = 0; i < length; i++) {
            values[i + 1] = 1f / (i + 1);
        }

        assertThat(PairwiseSum.of(values, 1, length)).isEqualTo(Float.parseFloat(expected));
    }

    private static FloatArray rows(NpzFile golden, String name) throws IOException {
        FloatArray probabilities = golden.floats("short_last_probabilities");
        return switch (name) {
            case "short_last", "shuffled" -> probabilities;
            case "even" -> probabilities.slice(0, 1000);
            case "sorted" ->
                probabilities.rows(Arrays.stream(golden.longs("sorted_order"))
                        .mapToInt(Math::toIntExact)
                        .toArray());
            case "underflow" -> golden.floats("underflow_probabilities");
            case "one_image" -> probabilities.slice(0, 1);
            case "same_image" ->
                probabilities.rows(IntStream.generate(() -> 0).limit(50).toArray());
            default -> throw new IllegalArgumentException("a case this test does not know: " + name);
        };
    }
}
