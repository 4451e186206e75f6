package org.ppflow.app.command;

/** What the process ends with. */
public final class ExitCode {
    /** The command did what it was asked to. */
    public static final int DONE = 0;
    /** Something failed that the person who typed the command did not get wrong. */
    public static final int FAILED = 1;
    /** An option, a config or a file that was given is wrong. */
    public static final int BAD_INPUT = 2;
    /** What read the results ended before they did, as {@code head} does: what a shell says of programs that SIGPIPE ends. */
    public static final int READER_GONE = 141;

    private ExitCode() {}
}
