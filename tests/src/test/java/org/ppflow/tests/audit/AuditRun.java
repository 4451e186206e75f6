package org.ppflow.tests.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ppflow.tests.audit.CommandTree.Outcome;

/**
 * Runs audited lines in this process, one after another.
 *
 * @param folder they work in
 * @param project the checkout, for paths in messages
 */
record AuditRun(AuditFolder folder, Path project) {
    private static final int LONGEST = 600;

    /**
     * A row with what does not belong to the table.
     *
     * @param row of the table
     * @param outcome all that was written
     * @param left files that were not there before, or are others now
     * @param content of the folder now
     * @param seconds it took
     */
    record Audited(AuditRow row, Outcome outcome, List<String> left, Map<String, String> content, double seconds) {}

    /**
     * Runs one.
     *
     * @param before what the folder has
     */
    Audited run(AuditCase one, Map<String, String> before) throws IOException {
        long start = System.nanoTime();
        Outcome outcome =
                CommandTree.runAlone(one.words().stream().map(folder::resolve).toList());
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, String> now = folder.content();
        Map<String, String> after = now.equals(before) ? before : now; // most are: one is kept
        Map<String, String> fresh = new TreeMap<>(after);
        fresh.entrySet().removeAll(before.entrySet());
        String typed = one.words().stream().map(AuditRun::quoted).collect(Collectors.joining(" "));
        AuditRow row =
                new AuditRow(one.command(), one.argument(), one.wrong(), typed, outcome.code(), message(outcome.err()));
        return new Audited(
                row, outcome, fresh.keySet().stream().map(this::plain).toList(), after, seconds);
    }

    /** What the program itself says; what it tells on the way, such as which network a file holds, is left out. */
    private String message(String err) {
        String said = err.lines()
                .dropWhile(line -> !line.startsWith("ppflow: "))
                .map(String::strip)
                .collect(Collectors.joining(" / "));
        String plain = plain(said).replace("\t", " ");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }

    /** Without what differs between machines. */
    private String plain(String text) {
        return text.replace(folder.path() + "/", "@")
                .replace(folder.path().toString(), "@")
                .replace(project + "/", "")
                .replace(System.getProperty("user.home"), "~");
    }

    private static String quoted(String word) {
        return word.isEmpty() || word.contains(" ") || word.contains("'") || word.contains("<")
                ? "'" + word + "'"
                : word;
    }
}
