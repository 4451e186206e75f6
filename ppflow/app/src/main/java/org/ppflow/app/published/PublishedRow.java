package org.ppflow.app.published;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Published scores of one model, by OpenAI's evaluator.
 *
 * @param name as the source calls the model, with its training
 * @param source where the numbers stand
 * @param metrics by the names of our reports
 * @param costs percents of a SiT's operations, by {@code training_flops} and {@code sampling_flops}; none where the source has none
 */
public record PublishedRow(String name, String source, Map<String, Double> metrics, Map<String, Double> costs) {
    public PublishedRow {
        if (name.isBlank() || source.isBlank() || metrics.isEmpty()) {
            throw new IllegalArgumentException("a published row needs a name, a source and numbers");
        }
        // A key that is left out arrives as null.
        costs = java.util.Collections.unmodifiableMap(
                new LinkedHashMap<>(java.util.Objects.requireNonNullElse(costs, Map.of())));
        metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
