package org.ppflow.app.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ppflow.nn.provenance.Code;

/**
 * One finished step of a run, as {@code steps/NAME.json} keeps it.
 *
 * @param name of the step
 * @param inputs hash of everything that its outputs follow from
 * @param outputs SHA-256 by path, relative to the run's folder, sorted
 * @param seconds that the attempt took that finished it
 * @param finishedAt UTC, whole seconds
 * @param codes states of the code that worked on it, in that order: several where it was taken up by another than it was begun by; none where a version did not look
 */
public record StepRecord(
        String name,
        String inputs,
        Map<String, String> outputs,
        double seconds,
        Instant finishedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Code> codes) {
    public StepRecord {
        codes = List.copyOf(Objects.requireNonNullElse(codes, List.of()));
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
        finishedAt = finishedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same, done by these. */
    StepRecord by(List<Code> other) {
        return new StepRecord(name, inputs, outputs, seconds, finishedAt, other);
    }
}
