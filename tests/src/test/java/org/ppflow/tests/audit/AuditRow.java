package org.ppflow.tests.audit;

/**
 * A command line that is wrong in one place, and how it ends.
 *
 * @param command as typed, without {@code ppflow}
 * @param argument that is wrong
 * @param wrong how
 * @param typed the whole line; @ stands for the audit's folder
 * @param code exit code
 * @param message what standard error says
 */
record AuditRow(String command, String argument, String wrong, String typed, int code, String message) {
    static final String HEADING = "command\targument\twhat is wrong\ttyped\texit code\tmessage";

    AuditRow {
        for (String text : new String[] {command, argument, wrong, typed, message}) {
            if (text.contains("\t") || text.contains("\n")) {
                throw new IllegalArgumentException("a tab or a line's end in: " + text);
            }
        }
    }

    String line() {
        return String.join("\t", command, argument, wrong, typed, Integer.toString(code), message);
    }
}
