package org.ppflow.app.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as its user starts it: what a command line begins with that is printed to be copied. */
public final class Program {
    /** System property by which the launcher says how it was started: a path with a slash, or a bare name that the PATH finds. */
    public static final String PROPERTY = "ppflow.program";

    /** From the toolkit's own folder, as its documentation has it. */
    private static final String USUAL = "bin/ppflow";

    /** The program's plain name at the beginning of a command, as texts in the code have it. */
    private static final Pattern IN_TEXT = Pattern.compile("(?<![\\w/.-])ppflow (?=[a-zA-Z-])");

    private Program() {}

    /** The word that starts it, in quotes where a shell needs them; {@code bin/ppflow} where nobody said. */
    public static String name() {
        return ShellLine.of(word());
    }

    /** A command: the program and arguments, as one line for a shell in the working folder. */
    public static String line(String... arguments) {
        return line(List.of(arguments));
    }

    /** A command: the program and arguments, as one line for a shell in the working folder. */
    public static String line(List<String> arguments) {
        return new ShellLine(words(arguments)).toString();
    }

    /** Program and arguments. */
    public static List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(word()));
        words.addAll(arguments);
        return words;
    }

    /**
     * A command that is read later, by somebody who may be in another folder.
     *
     * @param relative whether its arguments are seen from the working folder
     */
    public static String lineForLater(List<String> arguments, boolean relative) {
        return relative || isRelative() ? in(Path.of("").toAbsolutePath(), words(arguments)) : line(arguments);
    }

    /** Words as a line that first goes to a folder; where the folder is gone, nothing is run elsewhere. */
    public static String in(Path folder, List<String> words) {
        return ShellLine.of("cd", folder.toString()) + " && " + new ShellLine(words);
    }

    /** A text in which commands begin with {@code ppflow}, with the word that starts it in its place. */
    public static String inText(String text) {
        return IN_TEXT.matcher(text).replaceAll(Matcher.quoteReplacement(name() + " "));
    }

    private static String word() {
        String given = System.getProperty(PROPERTY, "");
        return given.isEmpty() ? USUAL : given;
    }

    /** Whether the word is a path from the working folder. */
    private static boolean isRelative() {
        return word().contains("/") && !word().startsWith("/");
    }
}
