package org.ppflow.tests.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file where it lies
 * @param text of it
 */
record MarkdownPage(Path file, String text) {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final String PROGRAM = "bin/ppflow ";

    /** All pages that people read; results that tests compare with are none. */
    static List<MarkdownPage> all() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(ROOT)) {
            files = found.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().matches(".*/(target|runs|src|\\.git|records)/.*"))
                    .sorted()
                    .toList();
        }
        List<MarkdownPage> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(new MarkdownPage(file, Files.readString(file)));
        }
        return pages;
    }

    /** Targets of its links. */
    List<String> links() {
        return LINK.matcher(text).results().map(result -> result.group(1)).toList();
    }

    /** Where a link leads, without its anchor; the page itself if it has only that. */
    Path target(String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? file : file.resolveSibling(path).normalize();
    }

    /** Anchors of its headings, as GitHub makes them. */
    Set<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(result -> result.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Words between single backquotes. */
    List<String> code() {
        return CODE.matcher(text).results().map(result -> result.group(1)).toList();
    }

    /** Its commands, in blocks and between backquotes, as a shell hands them over; without those that show a part only ("…"). */
    List<List<String>> commands() {
        List<String> lines = new ArrayList<>();
        String joined = text.replace("\\\n", " ");
        boolean block = false;
        for (String line : joined.split("\n", -1)) {
            if (line.startsWith("```")) {
                block = !block;
            } else if (block && line.strip().startsWith(PROGRAM)) {
                lines.add(line.strip());
            } else if (!block) {
                CODE.matcher(line)
                        .results()
                        .map((MatchResult result) -> result.group(1))
                        .filter(code -> code.startsWith(PROGRAM))
                        .forEach(lines::add);
            }
        }
        return lines.stream()
                .filter(line -> !line.contains("…"))
                .map(line -> words(line.substring(PROGRAM.length())))
                .toList();
    }

    /** Words of a line of a shell, up to a comment. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = Pattern.compile("\"([^\"]*)\"|'([^']*)'|#.*|(\\S+)").matcher(line);
        while (matcher.find() && !matcher.group().startsWith("#")) {
            words.add(Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
                    .filter(word -> word != null)
                    .findFirst()
                    .orElse(""));
        }
        return words;
    }

    /** Which of its words are names of files in the tree, as {@code configs/quickstart.yaml}. */
    static List<String> files(List<String> words) {
        return words.stream()
                .flatMap(word -> Arrays.stream(word.split("=", -1)))
                .filter(word -> word.startsWith("configs/"))
                .toList();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
