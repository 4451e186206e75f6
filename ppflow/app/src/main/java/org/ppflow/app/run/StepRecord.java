package org.ppflow.app.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One finished step of a run, as {@code steps/NAME.json} keeps it.
 *
 * @param name of the step
 * @param inputs hash of everything that its outputs follow from
 * @param outputs SHA-256 by path, relative to the run's folder, sorted
 * @param seconds that the attempt took that finished it
 * @param finishedAt UTC, whole seconds
 */
public record StepRecord(String name, String inputs, Map<String, String> outputs, double seconds, Instant finishedAt) {
    public StepRecord {
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
        finishedAt = finishedAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
