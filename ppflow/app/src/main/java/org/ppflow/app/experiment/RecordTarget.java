package org.ppflow.app.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;

/**
 * What an experiment's record says it is, and where it goes.
 *
 * @param experiment name of the config or grid
 * @param row of the grid, empty for a config alone
 * @param point value of every axis, by path
 * @param config as written, links not followed
 * @param start experiment whose weights it starts from
 * @param folder of records
 */
public record RecordTarget(
        String experiment,
        String row,
        Map<String, String> point,
        ExperimentConfig config,
        Optional<ExperimentConfig> start,
        Path folder) {
    /** Of a config alone. */
    static RecordTarget of(ExperimentConfig config, Path folder) {
        return new RecordTarget(config.name(), "", Map.of(), config, Optional.empty(), folder);
    }
}
