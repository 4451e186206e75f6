package org.ppflow.app.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ppflow.app.console.Terminal;

/**
 * Lets work end in order when the process is asked to (SIGTERM, Ctrl-C): the work looks at {@link #requested} between its steps, and the
 * process waits until it is closed. A process that stays, such as a notebook's, asks with {@link #request}.
 */
public final class StopSignal implements AutoCloseable {
    /** Longer than a step and a checkpoint take; then the process ends as if it were killed. */
    private static final long PATIENCE_MINUTES = 10;

    private static final Set<StopSignal> LISTENING = ConcurrentHashMap.newKeySet();

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile boolean requested;
    private volatile boolean saved;

    private StopSignal() {}

    /** Listens from now on. */
    public static StopSignal listen() {
        StopSignal signal = new StopSignal();
        LISTENING.add(signal);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Asks all work that listens to end, while the process goes on. */
    public static void request() {
        LISTENING.forEach(signal -> signal.requested = true);
    }

    /** Whether there is work that will hear {@link #request} and end by itself. */
    public static boolean isHeard() {
        return !LISTENING.isEmpty();
    }

    /** Whether this work has been asked to end. */
    public boolean requested() {
        return requested;
    }

    /** What was done is on disk. Without this the work that is closed has failed. */
    public void saved() {
        saved = true;
    }

    private void stop() {
        requested = true;
        try {
            say("ppflow: stopping; the step at hand is finished and saved first, which can take a while");
            boolean ended = finished.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
            System.err.println(message(ended));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On a line of its own: on a terminal a bar is drawn on the one at hand. */
    static void say(String message) {
        System.err.println((Terminal.isThere() ? System.lineSeparator() : "") + message);
    }

    /** What the person who asked is told. */
    String message(boolean ended) {
        if (!ended) {
            return "ppflow: the work did not end in time; the newest checkpoint is what remains";
        }
        return saved
                ? "ppflow: stopped, and what was done is saved; the same command goes on from there"
                : "ppflow: stopped, but the last steps could not be saved; the newest checkpoint is what remains";
    }

    /** The work is done or in order: the process may end. */
    @Override
    public void close() {
        LISTENING.remove(this);
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending; the hook is what waits for this.
            requested = true;
        }
    }
}
