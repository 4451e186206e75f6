package org.ppflow.notebook.workbench;

import java.util.List;

/** A command did not end well. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String PREFIX = "ppflow: ";

    private final int code;

    CommandFailedException(List<String> words, int code, String said) {
        super(reason(words, code, said));
        this.code = code;
    }

    /** Why it failed, which it says first after its name; all that it said is among the cell's outputs. */
    private static String reason(List<String> words, int code, String said) {
        return said.lines()
                .filter(line -> line.startsWith(PREFIX))
                .findFirst()
                .map(line -> line.substring(PREFIX.length()))
                .orElse(String.join(" ", words) + " ended with exit code " + code);
    }

    /** Its exit code: 1 failed, 2 bad input. */
    public int code() {
        return code;
    }
}
