package org.ppflow.app.command.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ProtocolResult;

/** An evaluation for a screen: metrics down, protocols across, what to know of them below. */
final class EvaluationText {
    private static final Map<String, String> NAMES = names();

    /** Ends of the keys of numbers that belong to a metric; % is the metric. */
    private static final Map<String, String> PARTS = Map.of(
            "_infinity", "% at infinite N",
            "_low", "  % from",
            "_high", "  % to",
            "_standard_error", "  standard error",
            "_shuffled", "  of shuffled chunks",
            "_splits_mean", "  shuffled splits, mean",
            "_splits_std", "  shuffled splits, std");

    /** Ends of the keys of distances between features of networks other than Inception. */
    private static final Map<String, String> DISTANCES = Map.of("_fd", "-FD", "_sfd", "-sFD", "_kd", "-KD");

    private EvaluationText() {}

    /**
     * The table.
     *
     * @param title what was scored
     * @param first findings that stand before the others: the severe ones, which were told before the numbers were there too
     */
    static Table table(String title, Evaluation evaluation, Set<String> first) {
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
        Stream.concat(
                        evaluation.preflight().stream().filter(first::contains),
                        evaluation.preflight().stream().filter(note -> !first.contains(note)))
                .forEach(note -> notes.add("! " + note));
        for (ProtocolResult result : evaluation.protocols()) {
            result.undefined().forEach((metric, why) -> {
                String key = result.protocol() + ": " + metric + ": ";
                // A result that was read has its reasons among the notes.
                if (evaluation.preflight().stream().noneMatch(note -> note.startsWith(key))) {
                    notes.add("! " + result.protocol() + ": " + name(metric).strip() + ": " + why);
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

    /** {@code FID}; {@code classifier-FD} of another network; what belongs to the metric above is set in. */
    static String name(String metric) {
        String known = NAMES.get(metric);
        if (known != null) {
            return known;
        }
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            if (metric.endsWith(part.getKey())) {
                String whole =
                        metric.substring(0, metric.length() - part.getKey().length());
                return part.getValue().replace("%", name(whole));
            }
        }
        for (Map.Entry<String, String> distance : DISTANCES.entrySet()) {
            if (metric.endsWith(distance.getKey())) {
                return metric.substring(0, metric.length() - distance.getKey().length()) + distance.getValue();
            }
        }
        return metric.replace('_', ' ');
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("fid", "FID");
        names.put("sfid", "sFID");
        names.put("inception_score", "Inception Score");
        names.put("kid", "KID");
        for (String plain : List.of("precision", "recall", "density", "coverage")) {
            names.put(plain, plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1));
        }
        names.put("reference_count", "reference pictures");
        names.put("sample_count", "samples");
        return names;
    }
}
