package org.ppflow.app.load;

import java.util.Optional;

/** Watches what others take while something is measured, from when it is started. */
public final class LoadWatch {
    private final ProcessorClock clock;
    private final int threads;
    private Optional<ProcessorClock.Reading> start;

    private LoadWatch(ProcessorClock clock, int threads) {
        this.clock = clock;
        this.threads = threads;
        start = clock.read();
    }

    /**
     * Starts on this machine.
     *
     * @param threads that compute, 0 for as many as there are processors
     */
    public static LoadWatch start(int threads) {
        return start(ProcessorClock.ofThisProcess(), threads);
    }

    /** Starts by a clock. */
    public static LoadWatch start(ProcessorClock clock, int threads) {
        return new LoadWatch(clock, threads);
    }

    /** Since the start, or since the last time this was asked; nothing where the system does not tell. */
    public OtherLoad lap() {
        Optional<ProcessorClock.Reading> now = clock.read();
        OtherLoad load = start.isPresent() && now.isPresent()
                ? OtherLoad.between(start.get(), now.get(), threads)
                : OtherLoad.NONE;
        start = now;
        return load;
    }
}
