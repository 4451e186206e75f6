package org.ppflow.app.published;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Published scores of one model, by OpenAI's evaluator.
 *
 * @param name as the source calls the model, with its training
 * @param source where the numbers stand
 * @param metrics by the names of our reports
 */
public record PublishedRow(String name, String source, Map<String, Double> metrics) {
    public PublishedRow {
        if (name.isBlank() || source.isBlank() || metrics.isEmpty()) {
            throw new IllegalArgumentException("a published row needs a name, a source and numbers");
        }
        metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
