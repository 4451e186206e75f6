package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.eval.statistics.LabelAgreement.ClassCount;
import org.ppflow.nn.array.FloatArray;

class LabelAgreementTest {
    @Test
    void of_countsEachClassAndTakesTheFirstOfEqualProbabilities() {
        FloatArray probabilities = new FloatArray(
                new int[] {4, 3}, new float[] {0.2f, 0.7f, 0.1f, 0.4f, 0.4f, 0.2f, 0, 0, 1, 0.9f, 0.1f, 0});

        LabelAgreement agreement = LabelAgreement.of(probabilities, 1, 1, 2, 2);

        assertThat(agreement.classes())
                .containsExactly(new ClassCount(0, 0, 0), new ClassCount(1, 2, 1), new ClassCount(2, 2, 1));
        assertThat(agreement.share()).isEqualTo(0.5);
        assertThat(agreement.standardError()).isEqualTo(0.25);
    }

    @Test
    void rowsReadInPieces_areCountedAsInOne() {
        FloatArray probabilities = FloatArray.zeros(600, 3);
        int[] asked = new int[600];
        for (int i = 0; i < 600; i++) {
            probabilities.values()[i * 3 + i % 3] = 1;
            asked[i] = i < 300 ? i % 3 : 2;
        }

        LabelAgreement agreement = LabelAgreement.of(new ArrayRows(probabilities), asked);

        assertThat(agreement.classes())
                .containsExactly(new ClassCount(0, 100, 100), new ClassCount(1, 100, 100), new ClassCount(2, 400, 200));
    }

    @Test
    void allAgreed_hasNoStandardErrorButAnInterval() {
        LabelAgreement all = new LabelAgreement(java.util.List.of(new ClassCount(0, 500, 500)));

        assertThat(all.standardError()).isZero();
        assertThat(all.interval95().high()).isEqualTo(1);
        // n/(n + z²)
        assertThat(all.interval95().low()).isEqualTo(500 / (500 + 3.8414588), within(1e-9));
    }

    @Test
    void interval_isWilsons() {
        // 81 of 263: the example of Newcombe 1998, table I.
        LabelAgreement agreement = new LabelAgreement(java.util.List.of(new ClassCount(0, 263, 81)));

        assertThat(agreement.interval95().low()).isEqualTo(0.2553, within(5e-5));
        assertThat(agreement.interval95().high()).isEqualTo(0.3662, within(5e-5));
    }
}
