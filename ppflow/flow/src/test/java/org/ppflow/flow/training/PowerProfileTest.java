package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
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
        List<ProfileMix.Snapshot> snapshots = new ArrayList<>();
        List<Double> values = new ArrayList<>();
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
        List<Double> shares = ProfileMix.of(snapshots, target, steps).shares();
        double mixed = 0;
        double sum = 0;
        for (int i = 0; i < shares.size(); i++) {
            mixed += shares.get(i) * values.get(i);
            sum += shares.get(i);
        }
        assertThat(sum).isCloseTo(1, within(1e-3));
        assertThat(mixed).isCloseTo(wanted, within(1e-3));
    }

    /** What never changes, a position table, stays as it is. */
    @Test
    void sharesOfAWiderProfileThanThoseKept_addUpToOne() {
        List<Double> shares =
                ProfileMix.of(every(50), PowerProfile.ofWidth(0.2), 1000).shares();

        assertThat(shares.stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-9));
    }

    /** The same by adding up the squares of what is between the two profiles, moment for moment. */
    @ParameterizedTest
    @CsvSource({"0.01, 250", "0.07, 250", "0.07, 50", "0.2, 250", "0.28, 250"})
    void error_isWhatLiesBetweenTheMixAndTheWantedProfile(double width, int apart) {
        List<ProfileMix.Snapshot> snapshots = every(apart);
        PowerProfile wanted = PowerProfile.ofWidth(width);

        ProfileMix mix = ProfileMix.of(snapshots, wanted, 1000);

        double between = 0;
        double whole = 0;
        int parts = 100_000;
        for (int i = 0; i < parts; i++) {
            double s = (i + 0.5) * 1000 / parts;
            double is = 0;
            for (int j = 0; j < snapshots.size(); j++) {
                ProfileMix.Snapshot one = snapshots.get(j);
                is += s > one.step() ? 0 : mix.shares().get(j) * density(one.profile(), s, one.step());
            }
            double should = density(wanted, s, 1000);
            between += (is - should) * (is - should);
            whole += should * should;
        }
        assertThat(mix.error()).isCloseTo(Math.sqrt(between / whole), within(1e-3));
    }

    @Test
    void error_isNothingForAProfileThatWasKept_andLargeForOneThatTheSnapshotsDoNotHave() {
        assertThat(ProfileMix.of(every(250), PowerProfile.ofWidth(0.1), 1000).error())
                .isLessThan(1e-5);
        assertThat(ProfileMix.of(every(250), PowerProfile.ofWidth(0.01), 1000).error())
                .isGreaterThan(0.5);
    }

    private static List<ProfileMix.Snapshot> every(int apart) {
        List<ProfileMix.Snapshot> snapshots = new ArrayList<>();
        for (int step = apart; step <= 1000; step += apart) {
            snapshots.add(new ProfileMix.Snapshot(step, PowerProfile.ofWidth(0.05)));
            snapshots.add(new ProfileMix.Snapshot(step, PowerProfile.ofWidth(0.1)));
        }
        return snapshots;
    }

    private static double density(PowerProfile profile, double s, double t) {
        return (profile.exponent() + 1) * Math.pow(s / t, profile.exponent()) / t;
    }
}
