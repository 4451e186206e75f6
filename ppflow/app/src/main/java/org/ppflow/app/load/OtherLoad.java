package org.ppflow.app.load;

import java.util.OptionalDouble;

/**
 * How much of the processors other programs took while something was measured. Adds up over starts and parts.
 *
 * @param seconds that were watched
 * @param taken processor-seconds that others took, over the processors that were to be used; short stretches may be a little below 0, since clocks tick
 */
public record OtherLoad(double seconds, double taken) {
    /** Where nothing was watched. */
    public static final OtherLoad NONE = new OtherLoad(0, 0);

    public OtherLoad {
        if (!(seconds >= 0) || !Double.isFinite(seconds) || !Double.isFinite(taken)) {
            throw new IllegalArgumentException("other load: " + taken + " in " + seconds + " s");
        }
    }

    /** Both stretches. */
    public OtherLoad plus(OtherLoad other) {
        return new OtherLoad(seconds + other.seconds, taken + other.taken);
    }

    /** Share of the processors, 0 to 1; empty where nothing was watched. */
    public OptionalDouble share() {
        return seconds == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, Math.min(1, taken / seconds)));
    }

    /**
     * Between two readings. Others on processors that this process could not have filled take nothing from it: what is beyond its quota or its threads is to spare.
     *
     * @param threads that compute, 0 for as many as there are processors
     */
    static OtherLoad between(ProcessorClock.Reading from, ProcessorClock.Reading to, int threads) {
        double seconds = to.wall() - from.wall();
        if (!(seconds > 0)) {
            return NONE;
        }
        int quota = to.usable();
        int wanted = threads == 0 ? quota : Math.min(threads, quota);
        double own = to.own() - from.own();
        double onProcessors = to.busy() - from.busy() - own - seconds * (to.allowed() - wanted);
        double taken = onProcessors;
        if (from.group().isPresent() && to.group().isPresent()) {
            double group = to.group().getAsDouble() - from.group().getAsDouble();
            taken = Math.max(taken, group - own - seconds * (quota - wanted));
        }
        return new OtherLoad(seconds, taken / wanted);
    }
}
