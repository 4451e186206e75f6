package org.ppflow.flow.training;

import java.io.IOException;

/** Told what a training does; logs, progress and metrics are listeners, so that the loop stays readable. */
public interface TrainingListener {
    /**
     * The run begins or goes on.
     *
     * @param step steps done before, 0 for a fresh run
     * @param seconds that those steps took
     */
    default void onStart(long step, double seconds) throws IOException {}

    /** A step was done. */
    default void onStep(StepReport report) throws IOException {}

    /** A checkpoint of this step is on disk. Told again at the start of a run that goes on from it, since the run may have been killed before it was told. */
    default void onCheckpoint(long step) throws IOException {}
}
