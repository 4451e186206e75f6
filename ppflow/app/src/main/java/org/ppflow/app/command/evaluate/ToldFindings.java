package org.ppflow.app.command.evaluate;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.Severity;

/** Findings on standard error as they come, before hours of a network's pass; each once. They stand below the table again: standard error may be thrown away. */
final class ToldFindings implements Consumer<Finding> {
    private final PrintWriter err;
    private final boolean notes;
    private final Set<String> texts = new LinkedHashSet<>();

    /**
     * None yet.
     *
     * @param notes whether mere notes are told too; otherwise they stand below the table alone
     */
    ToldFindings(PrintWriter err, boolean notes) {
        this.err = err;
        this.notes = notes;
    }

    @Override
    public void accept(Finding finding) {
        if ((notes || finding.severity() != Severity.NOTE) && texts.add(finding.text())) {
            err.println(finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.text());
            err.flush();
        }
    }

    /** What was told. */
    Set<String> texts() {
        return Set.copyOf(texts);
    }
}
