package org.ppflow.flow.training;

import java.util.Map;
import java.util.TreeMap;

/**
 * {@code state.json} of a checkpoint.
 *
 * @param step steps done
 * @param seconds that they took, over all starts of the run
 * @param files SHA-256 of each file beside it
 */
public record TrainingState(long step, double seconds, Map<String, String> files) {
    public TrainingState {
        files = new TreeMap<>(files);
    }
}
