package org.ppflow.app.console;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Words as a line that a shell splits into the same words.
 *
 * @param words command and arguments
 */
public record ShellLine(List<String> words) {
    public ShellLine {
        words = List.copyOf(words);
    }

    /** Of words. */
    public static String of(String... words) {
        return new ShellLine(List.of(words)).toString();
    }

    @Override
    public String toString() {
        return words.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
