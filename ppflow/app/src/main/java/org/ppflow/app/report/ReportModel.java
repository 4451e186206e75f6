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
 * @param settings in which the runs differ, with a value for each run
 * @param figures of the schedules, each once
 */
public record ReportModel(
        String title,
        String command,
        List<RunReport> runs,
        List<String> cautions,
        List<DifferingSetting> settings,
        List<ReportFigure> figures) {
    public ReportModel {
        settings = List.copyOf(settings);
        runs = List.copyOf(runs);
        cautions = List.copyOf(cautions);
        figures = List.copyOf(figures);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("runs: a report has at least one");
        }
        for (DifferingSetting setting : settings) {
            if (setting.values().size() != runs.size()) {
                throw new IllegalArgumentException("settings: " + setting.path() + " has "
                        + setting.values().size() + " values for " + runs.size() + " runs");
            }
        }
        Set<String> names = new HashSet<>();
        for (RunReport run : runs) {
            if (!names.add(run.name())) {
                throw new IllegalArgumentException("runs: '" + run.name() + "' twice");
            }
        }
    }
}
