package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.nn.errors.BadInputException;

/**
 * What a config says of latents that are encoded already, held to them before a run has a folder and in its plan.
 *
 * @param config that may name such a data set
 */
record EncodedLatents(ExperimentConfig config) {
    /**
     * Checks what costs nothing; a data set that is not there is left to others.
     *
     * @param until last stage of the run
     * @throws BadInputException if a report is to be made of latents alone, or their shape or classes are not the config's
     */
    void require(RunOptions.Until until) throws IOException {
        Optional<Path> folder = config.data().encoded();
        if (folder.isEmpty()) {
            return;
        }
        if (until == RunOptions.Until.REPORT && alone()) {
            requirePictures();
        }
        if (Files.isRegularFile(folder.get().resolve(Manifest.FILE))) {
            requireAsConfigured(LatentDataset.open(folder.get()));
        }
    }

    /** Whether there are only latents, and no network and reference to score their samples: such a run ends with samples. */
    boolean alone() {
        return config.data().encoded().isPresent() && !config.evaluation().byNetwork();
    }

    /** Refuses latents alone: for what needs a classifier or a reference. */
    void requirePictures() {
        if (config.data().encoded().isPresent()) {
            throw BadInputException.at("data.source: " + config.data().source())
                    .found("latents without their pictures")
                    .expected("pictures, for a classifier and for scores")
                    .advice("name the pictures themselves (data.source: pictures:PATH), or a network and a reference in"
                            + " evaluation.network and evaluation.reference, or use the commands train and sample")
                    .build();
        }
    }

    /** The config says shape and classes so that a plan can be made without the data; they must be the data's. */
    void requireAsConfigured(LatentDataset data) {
        if (!data.latentShape().equals(config.data().latentShape())
                || data.classNames().size() != config.data().classes()) {
            throw BadInputException.at(config.data().source())
                    .found("latents of " + data.latentShape() + ", "
                            + data.classNames().size() + " classes")
                    .expected(config.data().latentShape() + " and "
                            + config.data().classes() + " classes")
                    .advice("set data.latent and data.classes to what the data set has")
                    .build();
        }
    }
}
