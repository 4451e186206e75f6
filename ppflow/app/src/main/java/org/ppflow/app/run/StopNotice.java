package org.ppflow.app.run;

/**
 * What a person who stops the process (Ctrl-C, SIGTERM) is told, while work is under way that is on disk piece by piece and needs no time to
 * save: the process ends at once. Work that needs time has a {@link StopSignal}.
 */
public final class StopNotice implements AutoCloseable {
    private final Thread hook;

    private StopNotice(String message) {
        hook = new Thread(() -> StopSignal.say(message), "stop-notice");
    }

    /** Says this when the process ends before it is closed. */
    public static StopNotice of(String message) {
        StopNotice notice = new StopNotice(message);
        Runtime.getRuntime().addShutdownHook(notice.hook);
        return notice;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and says so.
            return;
        }
    }
}
