package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;

class PrecisionRecallTest {
    @Test
    void sameSet_hasPrecisionAndRecallOne() {
        FloatArray set = RandomSets.NORMAL.of(1, 100, 4);

        PrecisionRecall same = compare(set, set, 3);

        assertThat(same.precision()).isEqualTo(1);
        assertThat(same.recall()).isEqualTo(1);
        assertThat(same.coverage()).isEqualTo(1);
        assertThat(same.density()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void samplesInOneCornerOfTheReference_arePreciseAndRecallLittle() {
        // A line of points, and samples beside its first ten; 10 is on the edge of the last ball.
        PrecisionRecall corner = compare(line(100, 1, 0), line(20, 0.5f, 0), 1);

        assertThat(corner.precision()).isEqualTo(1);
        assertThat(corner.recall()).isEqualTo(0.11);
    }

    @Test
    void edgeOfABall_isInside() {
        // Balls of radius 1 around 0, 1, 2; samples at -1 (on the edge) and beyond.
        PrecisionRecall edge = compare(line(3, 1, 0), new FloatArray(new int[] {3, 1}, new float[] {-1, -1.5f, 9}), 1);

        assertThat(edge.precision()).isEqualTo(1 / 3.0);
        assertThat(edge.sampleMargins()[0]).isZero();
        assertThat(edge.sampleMargins()[1]).isNegative();
    }

    @Test
    void ballsThatArePoints_holdTheirCentreAlone() {
        FloatArray points = new FloatArray(new int[] {4, 1}, new float[] {5, 5, 5, 5});
        FloatArray samples = new FloatArray(new int[] {4, 1}, new float[] {5, 5.0001f, 6, 7});

        assertThat(compare(points, samples, 3).precision()).isEqualTo(0.25);
    }

    @Test
    void needsMoreRowsThanK() {
        assertThatThrownBy(() -> compare(line(3, 1, 0), line(9, 1, 0), 3))
                .hasMessageContaining("no neighbour 3 among 3 rows");
    }

    private static PrecisionRecall compare(FloatArray reference, FloatArray samples, int k) {
        return PrecisionRecall.between(new ArrayRows(reference), new ArrayRows(samples), k, Progress.NONE);
    }

    private static FloatArray line(int rows, float step, float start) {
        FloatArray line = FloatArray.zeros(rows, 1);
        for (int i = 0; i < rows; i++) {
            line.values()[i] = start + i * step;
        }
        return line;
    }
}
