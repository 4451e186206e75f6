package org.ppflow.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossCurveTest {
    @Test
    void shortTraining_keepsEveryStep() {
        LossCurve curve = new LossCurve(4);
        for (int i = 1; i <= 4; i++) {
            curve.add(8 * i, i == 2 ? Double.NaN : i);
        }

        assertThat(curve.points())
                .containsExactly(
                        new LossPoint(8, 1), new LossPoint(16, Double.NaN), new LossPoint(24, 3), new LossPoint(32, 4));
    }

    /** Of a line the mean of steps is the value in their middle: half a group before its last step. */
    @Test
    void longTraining_hasMeansOfEquallyManySteps_allTheWay() {
        LossCurve curve = new LossCurve(10);
        for (int i = 1; i <= 1000; i++) {
            curve.add(i, 5.0 - 0.001 * i);
        }

        List<LossPoint> points = curve.points();
        assertThat(points).hasSizeBetween(5, 10);
        double group = points.get(0).images();
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.get(i).images()).isEqualTo(group * (i + 1));
            double middle = group * (i + 1) - (group - 1) / 2;
            assertThat(points.get(i).loss()).isCloseTo(5.0 - 0.001 * middle, within(1e-12));
        }
        assertThat(points.get(points.size() - 1).images()).isGreaterThan(1000 - group);
    }

    @Test
    void stepsWithoutALoss_areNoPartOfMeans() {
        LossCurve curve = new LossCurve(2);
        for (int i = 1; i <= 8; i++) {
            curve.add(i, i % 2 == 0 ? Double.NaN : 3);
        }

        assertThat(curve.points()).extracting(LossPoint::loss).containsOnly(3.0);
    }

    @Test
    void oddNumberOfPoints_isRefused() {
        assertThatThrownBy(() -> new LossCurve(3)).hasMessageContaining("even");
    }
}
