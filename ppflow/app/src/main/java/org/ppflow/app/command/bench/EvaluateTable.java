package org.ppflow.app.command.bench;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The rows of {@code bench evaluate} as text; a figure that a row has not is a dash. */
final class EvaluateTable {
    private EvaluateTable() {}

    static String text(ArrayNode rows) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-17s %-9s %-24s %9s %9s %9s %7s %7s %7s%n",
                "",
                "",
                "size",
                "seconds",
                "images/s",
                "GFLOP/s",
                "peak",
                "% peak",
                "MB"));
        for (JsonNode row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-17s %-9s %-24s %9s %9s %9s %7s %7s %7s%n",
                    row.path("what").asString(""),
                    row.path("form").asString(row.path("protocol").asString("")),
                    size(row),
                    figure(row, "seconds", "%.2f", 1),
                    figure(row, "images_per_s", "%.1f", 1),
                    figure(row, "gflops", "%.0f", 1),
                    figure(row, "peak_gflops", "%.0f", 1),
                    figure(row, "share_of_peak", "%.0f", 100),
                    figure(row, "peak_memory_mb", "%.0f", 1)));
        }
        if (rows.valueStream().anyMatch(row -> row.has("protocol"))) {
            text.append(String.format("Memory of precision and recall is without the pages of mapped features.%n"));
        }
        return text.toString();
    }

    private static String size(JsonNode row) {
        String features = " x " + row.path("features").asInt(0);
        return switch (row.path("what").asString("")) {
            case EvaluateRow.Frechet.PART -> row.path("features").asInt(0) + features;
            case EvaluateRow.Inception.PART ->
                row.path("batch").asInt(0) + " of " + row.path("size").asInt(0) + " px";
            default ->
                row.path("references").asInt(0) + " : " + row.path("samples").asInt(0) + features;
        };
    }

    private static String figure(JsonNode row, String key, String format, double factor) {
        JsonNode value = row.path(key);
        return value.isNumber() ? String.format(Locale.ROOT, format, factor * value.asDouble()) : "-";
    }
}
