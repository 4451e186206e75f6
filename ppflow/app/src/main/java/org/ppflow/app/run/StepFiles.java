package org.ppflow.app.run;

import java.util.List;

/**
 * Files and folders of a step, relative to the run's.
 *
 * @param outputs that the work leaves
 * @param companions files that are not outputs but belong with them
 * @param remains folders that an attempt leaves which was killed, and that the next goes on from
 */
public record StepFiles(List<String> outputs, List<String> companions, List<String> remains) {
    public StepFiles {
        outputs = List.copyOf(outputs);
        companions = List.copyOf(companions);
        remains = List.copyOf(remains);
    }

    /** Of a step that begins anew when it was killed. */
    public static StepFiles of(String... outputs) {
        return new StepFiles(List.of(outputs), List.of(), List.of());
    }
}
