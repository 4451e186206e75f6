package org.ppflow.flow.training;

/** Where the trainer gets data from: a pure function of the step, so that a resumed run sees the same rows. */
@FunctionalInterface
public interface LatentSource {
    /**
     * The rows of one step.
     *
     * @param step from 0
     * @param rows how many
     */
    LatentBatch rows(long step, int rows);
}
