package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;

class PredictedClassesTest {
    private static final int CLASSES = 4;

    @Test
    void predictedClasses_areTheMostProbableAlsoBeyondAPiece() {
        FloatArray probabilities = FloatArray.zeros(1100, CLASSES);
        Arrays.fill(probabilities.values(), 0.1f);
        int[] expected = new int[1100];
        for (int row = 0; row < expected.length; row++) {
            expected[row] = row * 7 % CLASSES;
            probabilities.values()[row * CLASSES + expected[row]] = 0.7f;
        }

        assertThat(PredictedClasses.of(new ArrayRows(probabilities))).containsExactly(expected);
    }

    @Test
    void equalProbabilities_giveTheFirstClass() {
        FloatArray probabilities = new FloatArray(new int[] {1, 4}, new float[] {0.1f, 0.4f, 0.4f, 0.1f});

        assertThat(PredictedClasses.of(new ArrayRows(probabilities))).containsExactly(1);
    }
}
