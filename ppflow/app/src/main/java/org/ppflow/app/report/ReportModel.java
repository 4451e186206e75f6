package org.ppflow.app.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a page shows: a run, or several with an overview before them.
 *
 * @param title of the page
 * @param command that makes the page again
 * @param runs in the order of the page, at least one, with names that differ
 * @param cautions what keeps the runs' scores from being compared
 * @param figures of the schedules, each once
 */
public record ReportModel(
        String title, String command, List<RunReport> runs, List<String> cautions, List<ReportFigure> figures) {
    public ReportModel {
        runs = List.copyOf(runs);
        cautions = List.copyOf(cautions);
        figures = List.copyOf(figures);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("runs: a report has at least one");
        }
        Set<String> names = new HashSet<>();
        for (RunReport run : runs) {
            if (!names.add(run.name())) {
                throw new IllegalArgumentException("runs: '" + run.name() + "' twice");
            }
        }
    }
}
