package org.ppflow.app.command.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ProtocolResult;

/** An evaluation for a screen: metrics down, protocols across, what to know of them below. */
final class EvaluationText {
    private static final Map<String, String> NAMES = names();

    private EvaluationText() {}

    /**
     * The table.
     *
     * @param title what was scored
     * @param told notes that were said already
     */
    static Table table(String title, Evaluation evaluation, Set<String> told) {
        Set<String> metrics = new LinkedHashSet<>();
        for (ProtocolResult result : evaluation.protocols()) {
            metrics.addAll(result.metrics().keySet());
            metrics.addAll(result.undefined().keySet());
        }
        List<Table.Row> rows = new ArrayList<>();
        for (String metric : metrics) {
            List<@Nullable Cell> cells = new ArrayList<>();
            for (ProtocolResult result : evaluation.protocols()) {
                cells.add(cell(metric, result));
            }
            rows.add(new Table.Row(name(metric), metric, false, cells));
        }
        List<String> notes = new ArrayList<>();
        evaluation.preflight().stream()
                .filter(note -> !told.contains(note))
                .forEach(note -> notes.add("! " + note));
        for (ProtocolResult result : evaluation.protocols()) {
            result.undefined().forEach((metric, why) -> {
                String key = result.protocol() + ": " + metric + ": ";
                // A result that was read has its reasons among the notes.
                if (evaluation.preflight().stream().noneMatch(note -> note.startsWith(key))) {
                    notes.add("! " + result.protocol() + ": " + name(metric) + ": " + why);
                }
            });
        }
        return new Table(
                title,
                evaluation.protocols().stream().map(ProtocolResult::protocol).toList(),
                rows,
                notes);
    }

    private static Cell cell(String metric, ProtocolResult result) {
        Double value = result.metrics().get(metric);
        if (value == null) {
            return Cell.text(result.undefined().containsKey(metric) ? "NaN" : "");
        }
        return Cell.number(value, digits(metric));
    }

    /** As many as published tables have, or a little more. */
    static int digits(String metric) {
        if (metric.endsWith("count")) {
            return 0;
        }
        return metric.contains("kid") || metric.contains("_kd") ? 6 : 4;
    }

    static String name(String metric) {
        return NAMES.getOrDefault(metric, metric.replace('_', ' '));
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("fid", "FID");
        names.put("sfid", "sFID");
        names.put("inception_score", "Inception Score");
        names.put("inception_score_splits_mean", "  shuffled splits, mean");
        names.put("inception_score_splits_std", "  shuffled splits, std");
        names.put("kid", "KID");
        names.put("kid_standard_error", "  standard error");
        names.put("fid_infinity", "FID at infinite N");
        for (String plain : List.of("precision", "recall", "density", "coverage")) {
            names.put(plain, plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1));
        }
        names.put("reference_count", "reference pictures");
        names.put("sample_count", "samples");
        return names;
    }
}
