package org.ppflow.flow.training;

import java.util.List;

/**
 * What a training run does, apart from its network and data.
 *
 * @param seed of weights, times, noise and dropout
 * @param steps in all, at least 1
 * @param learningRate by step
 * @param averages of the weights, at least one
 * @param checkpointEvery steps between checkpoints, at least 1; the last step always gets one
 * @param snapshotEvery steps between snapshots of the profiled averages, which stay; 0 for the last step alone
 * @param onNotFinite what to do about NaN
 */
public record TrainingOptions(
        long seed,
        long steps,
        LearningRate learningRate,
        List<WeightAverage> averages,
        long checkpointEvery,
        long snapshotEvery,
        OnNotFinite onNotFinite) {
    public TrainingOptions {
        if (steps < 1) {
            throw new IllegalArgumentException("steps: " + steps + " must be at least 1");
        }
        if (checkpointEvery < 1) {
            throw new IllegalArgumentException("checkpoint_every: " + checkpointEvery + " must be at least 1");
        }
        if (snapshotEvery < 0) {
            throw new IllegalArgumentException("snapshot_every: " + snapshotEvery + " must be 0 or more");
        }
        if (averages.isEmpty()) {
            throw new IllegalArgumentException("averages: a run has at least one");
        }
        averages = List.copyOf(averages);
    }

    /** Names of the averages. */
    public List<String> averageNames() {
        return averages.stream().map(WeightAverage::name).toList();
    }

    /** Decay of each average at a step. */
    List<Double> decays(long step) {
        return averages.stream().map(average -> average.decay().at(step)).toList();
    }

    /** Whether the profiled averages of a step are to stay. */
    boolean snapshotDue(long step) {
        return step == steps || (snapshotEvery > 0 && step % snapshotEvery == 0);
    }
}
