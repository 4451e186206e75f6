package org.ppflow.app.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ppflow.flow.level.LevelSchedule;

/**
 * A whole experiment: data, one model for each schedule, trained, sampled and scored alike. What a file leaves out is in
 * {@link Defaults}; only {@code name} and {@code schedules} must be written.
 *
 * @param name of the run's folder
 * @param seed all randomness follows from it
 * @param data pictures and latents
 * @param classifier that gives the metrics their features
 * @param model size and kind of the transformer
 * @param schedules one model each, with names that differ
 * @param training the same for every schedule
 * @param sampling the same for every schedule
 * @param evaluation of the samples
 * @param runtime how TensorFlow computes
 */
public record ExperimentConfig(
        String name,
        long seed,
        DataConfig data,
        ClassifierConfig classifier,
        ModelConfig model,
        List<LevelSchedule> schedules,
        TrainingConfig training,
        SamplingConfig sampling,
        EvaluationConfig evaluation,
        RuntimeConfig runtime) {
    public ExperimentConfig {
        Check.that(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
                "name",
                "'" + name + "' must be letters, digits, '.', '_', '-' (it names the run's folder)");
        Check.that(!schedules.isEmpty(), "schedules", "[] must have at least one schedule");
        schedules = List.copyOf(schedules);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < schedules.size(); i++) {
            Check.that(
                    names.add(schedules.get(i).name()),
                    "schedules[" + i + "].name",
                    "'" + schedules.get(i).name() + "' is the name of a schedule before it");
            try {
                sampling.guidanceFor(schedules.get(i));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sampling." + e.getMessage(), e);
            }
        }
    }
}
