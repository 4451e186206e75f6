package org.ppflow.app.load;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Says where a speed was measured on a machine that others used. */
public final class BusyMachine {
    /** Share of the processors from which on a speed is not to be compared: two cores with a browser in the background stay below. */
    static final double LIMIT = 0.2;

    private BusyMachine() {}

    /** Whether others took more than a fifth; not where nobody knows. */
    public static boolean isBusy(OptionalDouble share) {
        return share.isPresent() && share.getAsDouble() > LIMIT;
    }

    /**
     * A clause, where others took more than a fifth.
     *
     * @param share of the processors that others took; empty where nobody knows
     * @param work what was measured, {@code ppf-2 trained}
     * @param speed what is too low, {@code its images/s are}
     */
    public static Optional<String> caution(OptionalDouble share, String work, String speed) {
        return isBusy(share)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "other programs used %.0f %% of the processors while %s: %s probably too low",
                        100 * share.getAsDouble(),
                        work,
                        speed))
                : Optional.empty();
    }

    /** The same as a line of a command's output, {@code Caution: other programs used 40 % of …}. */
    public static Optional<String> sentence(OptionalDouble share, String work, String speed) {
        return caution(share, work, speed).map(caution -> "Caution: " + caution + ".");
    }
}
