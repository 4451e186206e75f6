package org.ppflow.app.experiment;

import java.io.IOException;
import org.ppflow.app.config.ExperimentConfig;

/** Does a whole experiment; what is done already is not done again. Found through {@link java.util.ServiceLoader}. */
public interface ExperimentRunner {
    /**
     * Runs an experiment, or with {@link RunOptions#dryRun} says what it would do.
     *
     * @throws org.ppflow.nn.errors.BadInputException if what a person gave is wrong
     */
    void run(ExperimentConfig config, RunOptions options) throws IOException;
}
