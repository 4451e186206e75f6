package org.ppflow.app.sweep;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.JsonNode;

/**
 * What was swept over.
 *
 * @param experiment name of the config
 * @param schedule of the model
 * @param config resolved, with this schedule alone and the number of samples of the sweep
 * @param weightsSha256 of the model
 * @param dataSha256 of the pictures
 * @param metric that was looked at
 * @param lowerIsBetter whether less of it is better
 * @param code that ran
 */
public record SweepSubject(
        String experiment,
        String schedule,
        JsonNode config,
        String weightsSha256,
        String dataSha256,
        String metric,
        boolean lowerIsBetter,
        Toolkit code) {
    private static final Set<String> DISTANCES = Set.of("fd", "kid", "fid");

    /** The metric for people: {@code classifier-FD}. */
    public String metricName() {
        return Arrays.stream(metric.split("_", -1))
                .map(word -> DISTANCES.contains(word) ? word.toUpperCase(Locale.ROOT) : word)
                .collect(Collectors.joining("-"));
    }
}
