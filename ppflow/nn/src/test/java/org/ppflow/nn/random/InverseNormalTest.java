package org.ppflow.nn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InverseNormalTest {
    /**
     * The first two rows are the check values printed with algorithm AS 241 (double precision); the others are standard
     * tables of the normal distribution. One case lies in each of the three pieces of the approximation.
     */
    @ParameterizedTest
    @CsvSource({
        "0.25,      -0.674489750196081743",
        "0.001,     -3.09023230616781354",
        "1e-20,     -9.26234008979840516",
        "0.5,        0",
        "0.975,      1.95996398454005424",
        "0.995,      2.57582930354890076",
        "0.84134474606854293, 1",
    })
    void quantile_equalsKnownValues(double p, double z) {
        assertThat(InverseNormal.quantile(p)).isCloseTo(z, within(2e-15 * Math.max(1, Math.abs(z))));
    }

    @Test
    void quantile_isOddAndIncreasing_alsoWhereThePiecesMeet() {
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < 4096; i++) {
            double p = i / 4096.0;
            double z = InverseNormal.quantile(p);
            assertThat(z).isGreaterThan(before);
            assertThat(InverseNormal.quantile(1 - p)).isCloseTo(-z, within(1e-15));
            before = z;
        }
        for (double edge : new double[] {0.075, 0.925, Math.exp(-25)}) {
            double below = InverseNormal.quantile(Math.nextDown(edge));
            double above = InverseNormal.quantile(Math.nextUp(edge));
            assertThat(above - below).isBetween(-1e-14, 1e-14);
        }
    }
}
