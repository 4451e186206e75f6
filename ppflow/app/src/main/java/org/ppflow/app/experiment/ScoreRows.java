package org.ppflow.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.report.RunReport.Term;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.eval.protocol.Evaluation;

/**
 * The scores of an experiment's table.
 *
 * @param rows a metric each
 * @param notes below the table
 * @param terms the rows in plain words
 */
record ScoreRows(List<Table.Row> rows, List<String> notes, List<Term> terms) {
    private static final String EXACT = RecordedMetrics.EXACT;

    private static final Map<String, String> HEADINGS = Map.of(
            "fid", "FID",
            "sfid", "sFID",
            "inception_score", "Inception Score",
            "inception_score_splits_mean", "  of shuffled splits, mean",
            "inception_score_splits_std", "  of shuffled splits, deviation");

    /** Of the run's classifier. */
    static ScoreRows ofClassifier(List<ModelResult> results, ClassifierStage.Figures classifier, Evaluation noise) {
        List<Table.Row> rows = new ArrayList<>();
        rows.add(exact(results, "classifier-FD", "classifier_fd", 2));
        rows.add(exact(results, "classifier-score", "classifier_score", 2));
        rows.add(exact(results, "classifier-precision", "classifier_precision", 3));
        rows.add(exact(results, "classifier-recall", "classifier_recall", 3));
        rows.add(ResultTable.row(
                results,
                "label agreement",
                "label_agreement",
                false,
                result -> Cell.percent(
                        result.evaluation().metric("label_agreement"),
                        result.evaluation().metric("label_agreement_standard_error"))));
        ModelResult last = results.get(results.size() - 1);
        List<String> notes = List.of(
                String.format(
                        Locale.ROOT,
                        "The classifier itself: %.1f ± %.1f %% of %,d reference pictures right; its feature has %d values.",
                        100 * classifier.accuracy(),
                        100 * classifier.standardError(),
                        classifier.pictures(),
                        classifier.features()),
                String.format(
                        Locale.ROOT,
                        "Pure noise in place of samples: classifier-FD %.2f, %s times that of %s.",
                        noise.metric("classifier_fd"),
                        times(noise.metric("classifier_fd") / last.evaluation().metric("classifier_fd")),
                        last.plan().name()));
        return new ScoreRows(rows, notes, Terms.ofClassifier(plans(results)));
    }

    /** {@code 15}, and {@code 1.4} where a whole number would hide how near they are. */
    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < 3 ? "%.1f" : "%.0f", ratio);
    }

    /**
     * Of a network's features: every metric that records keep, but for numbers of pictures.
     *
     * @param network its file
     * @param reference what samples were compared with
     */
    static ScoreRows ofNetwork(List<ModelResult> results, String network, String reference) {
        List<String> names = new ArrayList<>();
        TreeSet<Integer> pictures = new TreeSet<>();
        for (ModelResult result : results) {
            RecordedMetrics.of(result.evaluation()).forEach((name, value) -> {
                if (name.endsWith("reference_count")) {
                    pictures.add(value.intValue());
                } else if (!name.endsWith("_count") && !names.contains(name)) {
                    names.add(name);
                }
            });
        }
        List<Table.Row> rows = names.stream()
                .map(name -> optional(
                        results,
                        heading(name),
                        name,
                        result -> RecordedMetrics.of(result.evaluation()).get(name)))
                .toList();
        String note = "Scored by the features of " + network + " against " + reference
                + (pictures.isEmpty()
                        ? ", which has statistics alone: no precision, no recall."
                        : String.format(Locale.ROOT, ", which has %,d pictures.", pictures.last()));
        return new ScoreRows(rows, List.of(note), Terms.ofNetwork(plans(results)));
    }

    private static List<ModelPlan> plans(List<ModelResult> results) {
        return results.stream().map(ModelResult::plan).toList();
    }

    /** {@code FID}, and {@code FID, exact} of the protocol that nobody publishes. */
    private static String heading(String metric) {
        String plain = metric.startsWith(EXACT) ? metric.substring(EXACT.length()) : metric;
        String heading = HEADINGS.getOrDefault(plain, plain.replace('_', ' '));
        return plain.equals(metric) ? heading : heading + ", exact";
    }

    private static Table.Row exact(List<ModelResult> results, String heading, String key, int digits) {
        return ResultTable.row(
                results,
                heading,
                key,
                false,
                result -> Cell.number(result.evaluation().metric(key), digits));
    }

    private static Table.Row optional(
            List<ModelResult> results, String heading, String key, Function<ModelResult, @Nullable Double> metric) {
        int digits = key.contains("precision") || key.contains("recall") ? 3 : 2;
        return ResultTable.row(results, heading, key, false, result -> {
            Double value = metric.apply(result);
            return value == null ? Cell.text("–") : Cell.number(value, digits);
        });
    }
}
