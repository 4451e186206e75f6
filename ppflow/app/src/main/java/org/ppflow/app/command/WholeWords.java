package org.ppflow.app.command;

import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;

/**
 * Breaks lines of help at blanks alone. Java's rules for lines, which picocli goes by, break behind a comma, a bracket, a stop too, and what a reader copies
 * ({@code 4x4:0.5,2x2}, {@code schedules[1].levels[0].end=0.4}) comes apart. While lines are made, signs inside a word are letters of an alphabet that no help
 * is written in.
 */
final class WholeWords {
    /** Of Cherokee's letters, which are as wide as signs are. */
    private static final int FIRST = 0x13A0;

    /** Printable ASCII that is neither letter nor digit, by position. */
    private static final String SIGNS = IntStream.range('!', '~' + 1)
            .filter(sign -> !Character.isLetterOrDigit(sign))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private WholeWords() {}

    /** The same layout for descriptions whose words stay whole; its text is to go through {@link #signs}. */
    static Help.Layout layout(Help.Layout layout) {
        return new Help.Layout(
                layout.colorScheme(),
                layout.textTable(),
                (option, label, scheme) -> glued(layout.optionRenderer().render(option, label, scheme)),
                layout.parameterRenderer());
    }

    /** Descriptions stand in the last column; names and labels are no sentences. */
    private static Text[][] glued(Text[][] rows) {
        for (Text[] row : rows) {
            int last = row.length - 1;
            row[last] = Help.Ansi.OFF.new Text(letters(row[last].plainString()));
        }
        return rows;
    }

    /** Text whose signs between two other characters of a word are letters. */
    static String letters(String text) {
        StringBuilder letters = new StringBuilder(text);
        for (int i = 1; i + 1 < text.length(); i++) {
            int sign = SIGNS.indexOf(text.charAt(i));
            if (sign >= 0 && !isBlank(text.charAt(i - 1)) && !isBlank(text.charAt(i + 1))) {
                letters.setCharAt(i, (char) (FIRST + sign));
            }
        }
        return letters.toString();
    }

    /** What {@link #letters} was made of. */
    static String signs(String letters) {
        StringBuilder text = new StringBuilder(letters);
        for (int i = 0; i < text.length(); i++) {
            int sign = text.charAt(i) - FIRST;
            if (sign >= 0 && sign < SIGNS.length()) {
                text.setCharAt(i, SIGNS.charAt(sign));
            }
        }
        return text.toString();
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character);
    }
}
