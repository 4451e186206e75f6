package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerProfileTest {
    /** Karras et al. 2024, section 3.1: their two widths and the exponents that belong to them. */
    @ParameterizedTest
    @CsvSource({"0.05, 16.97", "0.10, 6.94"})
    void exponents_areThoseOfThePaper(double width, double exponent) {
        assertThat(PowerProfile.ofWidth(width).exponent()).isCloseTo(exponent, within(0.01));
    }

    @Test
    void width_isThatOfTheExponent() {
        for (double width : List.of(0.01, 0.03, 0.1, 0.2, 0.28)) {
            assertThat(PowerProfile.ofWidth(width).width()).isCloseTo(width, within(1e-9));
        }
        assertThatThrownBy(() -> PowerProfile.ofWidth(0.3)).hasMessageContaining("0.3");
    }

    @Test
    void product_isTheIntegralOfBothProfiles() {
        PowerProfile one = PowerProfile.ofWidth(0.1);
        PowerProfile other = PowerProfile.ofWidth(0.2);
        double sum = 0;
        int parts = 200_000;
        for (int i = 0; i < parts; i++) {
            double s = (i + 0.5) * 80 / parts;
            sum += density(one, s, 80) * density(other, s, 100) * 80 / parts;
        }
        assertThat(one.product(80, other, 100)).isCloseTo(sum, within(1e-6));
        assertThat(other.product(100, one, 80)).isCloseTo(sum, within(1e-6));
    }

    /** Weights of a number that follows a known course, averaged while it goes and put together afterwards. */
    @Test
    void reconstruction_isNearTheAverageThatWasNotKept() {
        int steps = 4000;
        double[] kept = new double[2];
        double wanted = 0;
        List<PowerProfile> profiles = List.of(PowerProfile.ofWidth(0.05), PowerProfile.ofWidth(0.1));
        PowerProfile target = PowerProfile.ofWidth(0.075);
        List<ProfileMix.Snapshot> snapshots = new java.util.ArrayList<>();
        List<Double> values = new java.util.ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            double weight = Math.sin(step / 300.0) + step / 1000.0;
            for (int i = 0; i < 2; i++) {
                double beta = EmaDecay.power(profiles.get(i).exponent()).at(step);
                kept[i] = beta * kept[i] + (1 - beta) * weight;
            }
            double beta = EmaDecay.power(target.exponent()).at(step);
            wanted = beta * wanted + (1 - beta) * weight;
            if (step % 250 == 0) {
                for (int i = 0; i < 2; i++) {
                    snapshots.add(new ProfileMix.Snapshot(step, profiles.get(i)));
                    values.add(kept[i]);
                }
            }
        }
        double[] shares = ProfileMix.shares(snapshots, target, steps);
        double mixed = 0;
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            mixed += shares[i] * values.get(i);
            sum += shares[i];
        }
        assertThat(sum).isCloseTo(1, within(1e-3));
        assertThat(mixed).isCloseTo(wanted, within(1e-3));
    }

    /** What never changes, a position table, stays as it is. */
    @Test
    void sharesOfAWiderProfileThanThoseKept_addUpToOne() {
        List<ProfileMix.Snapshot> snapshots = new java.util.ArrayList<>();
        for (int step = 50; step <= 1000; step += 50) {
            snapshots.add(new ProfileMix.Snapshot(step, PowerProfile.ofWidth(0.05)));
            snapshots.add(new ProfileMix.Snapshot(step, PowerProfile.ofWidth(0.1)));
        }
        double[] shares = ProfileMix.shares(snapshots, PowerProfile.ofWidth(0.2), 1000);
        assertThat(java.util.Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
    }

    private static double density(PowerProfile profile, double s, double t) {
        return (profile.exponent() + 1) * Math.pow(s / t, profile.exponent()) / t;
    }
}
