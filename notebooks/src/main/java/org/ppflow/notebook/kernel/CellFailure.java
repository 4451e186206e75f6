package org.ppflow.notebook.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cell did not come to its end. Says for people what happened and where in the cell. */
final class CellFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final transient List<String> lines;

    /**
     * A failure.
     *
     * @param kind name of the exception, or {@code CompileError}
     * @param message in one line, with cell and line
     * @param lines as the notebook shows it
     * @param cause what the cell threw, if it ran
     */
    CellFailure(String kind, String message, List<String> lines, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.lines = List.copyOf(lines);
    }

    /** Name of the exception. */
    String kind() {
        return kind;
    }

    /** What the notebook shows. */
    List<String> lines() {
        return lines;
    }
}
