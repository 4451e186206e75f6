package org.ppflow.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.ppflow.app.load.ProcessorClock.Reading;

/** Ten seconds on made-up processors. */
class OtherLoadTest {
    private static final double SECONDS = 10;
    private static final Offset<Double> CLOSE = within(1e-12);

    @Test
    void alone_othersTakeNothing() {
        assertThat(share(machine(2, 2, 20, 20, OptionalDouble.empty()), 0)).isZero();
    }

    @Test
    void onAFullMachine_othersTakeWhatIsNotOurs() {
        assertThat(share(machine(2, 2, 11, 20, OptionalDouble.empty()), 0)).isCloseTo(0.45, CLOSE);
    }

    /** One thread on four processors, three of which others fill. */
    @Test
    void onProcessorsThatOurThreadsLeave_othersTakeNothing() {
        assertThat(share(machine(4, 4, 10, 40, OptionalDouble.empty()), 1)).isZero();
        assertThat(share(machine(4, 4, 5, 40, OptionalDouble.empty()), 1)).isCloseTo(0.5, CLOSE);
    }

    /** A container with 2 of 8 processors: others may fill 6 without a loss. */
    @Test
    void outsideOfAQuota_othersTakeOnlyWhatIsBeyondTheSpareProcessors() {
        assertThat(share(machine(8, 2, 20, 20 + 60, OptionalDouble.of(20)), 0)).isZero();
        assertThat(share(machine(8, 2, 10, 10 + 70, OptionalDouble.of(10)), 0)).isCloseTo(0.5, CLOSE);
    }

    /** The rest of the machine idles, but the quota of 2 processors is shared. */
    @Test
    void withinAQuota_othersTakeItsTime() {
        assertThat(share(machine(8, 2, 12, 20, OptionalDouble.of(20)), 0)).isCloseTo(0.4, CLOSE);
    }

    @Test
    void stretches_addUpByTheirTime() {
        OtherLoad both = new OtherLoad(30, 15).plus(new OtherLoad(10, -0.1));

        assertThat(both.share().orElseThrow()).isCloseTo(14.9 / 40, CLOSE);
        assertThat(OtherLoad.NONE.share()).isEmpty();
        assertThat(new OtherLoad(1, -0.01).share()).hasValue(0);
    }

    @Test
    void whereTheSystemDoesNotTell_nothingWasWatched() {
        LoadWatch watch = LoadWatch.start(Optional::empty, 0);

        assertThat(watch.lap()).isEqualTo(OtherLoad.NONE);
        assertThat(watch.lap().share()).isEmpty();
    }

    /** Between the laps 5 s pass with all of 2 processors taken, then 5 s with none. */
    @Test
    void laps_startWhereTheLastOneEnded() {
        Deque<Reading> readings = new ArrayDeque<>(List.of(
                new Reading(0, 0, 0, OptionalDouble.empty(), 2, 2),
                new Reading(5, 0, 10, OptionalDouble.empty(), 2, 2),
                new Reading(10, 10, 20, OptionalDouble.empty(), 2, 2)));
        LoadWatch watch = LoadWatch.start(() -> Optional.of(readings.remove()), 0);

        assertThat(watch.lap()).isEqualTo(new OtherLoad(5, 5));
        assertThat(watch.lap()).isEqualTo(new OtherLoad(5, 0));
    }

    @Test
    void caution_isSaidBeyondAFifthAlone() {
        assertThat(BusyMachine.caution(OptionalDouble.of(0.45), "ppf-2 trained", "its images/s are"))
                .hasValue(
                        "other programs used 45 % of the processors while ppf-2 trained: its images/s are probably too low");
        assertThat(BusyMachine.caution(OptionalDouble.of(BusyMachine.LIMIT), "ppf-2 trained", "its images/s are"))
                .isEmpty();
        assertThat(BusyMachine.caution(OptionalDouble.empty(), "ppf-2 trained", "its images/s are"))
                .isEmpty();
    }

    @Test
    void load_rejectsWhatIsNoTime() {
        assertThatThrownBy(() -> new OtherLoad(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OtherLoad(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Ten seconds later. */
    private static Reading machine(int allowed, int usable, double own, double busy, OptionalDouble group) {
        return new Reading(SECONDS, own, busy, group, allowed, usable);
    }

    private static double share(Reading end, int threads) {
        OptionalDouble group = end.group().isPresent() ? OptionalDouble.of(0) : OptionalDouble.empty();
        Reading start = new Reading(0, 0, 0, group, end.allowed(), end.usable());
        return OtherLoad.between(start, end, threads).share().orElseThrow();
    }
}
