package org.ppflow.app.run;

import java.util.List;

/**
 * Files and folders of a step, relative to the run's.
 *
 * @param outputs that the work leaves
 * @param companions files that are not outputs but belong with them
 * @param remains what an attempt leaves that was killed and the next goes on from, as {@code folder/*.npz}: the last part is a pattern
 * @param scores whether the outputs follow from the code of scores, as nothing else does
 */
public record StepFiles(List<String> outputs, List<String> companions, List<String> remains, boolean scores) {
    public StepFiles {
        outputs = List.copyOf(outputs);
        companions = List.copyOf(companions);
        remains = List.copyOf(remains);
    }

    /** Of a step that makes no scores. */
    public StepFiles(List<String> outputs, List<String> companions, List<String> remains) {
        this(outputs, companions, remains, false);
    }

    /** Of one that makes scores, and begins anew when it was killed. */
    public static StepFiles scores(String... outputs) {
        return new StepFiles(List.of(outputs), List.of(), List.of(), true);
    }

    /** Of one that makes none, and begins anew when it was killed. */
    public static StepFiles of(String... outputs) {
        return new StepFiles(List.of(outputs), List.of(), List.of(), false);
    }
}
