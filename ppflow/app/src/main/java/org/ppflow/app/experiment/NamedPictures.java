package org.ppflow.app.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSource;
import org.ppflow.data.source.PictureSources;
import org.ppflow.nn.errors.BadInputException;

/**
 * What a config says of picture files, held to them before a run has a folder and in its plan: the config says how many classes there are so that a plan can
 * be made without the pictures.
 *
 * @param config that may name them
 */
record NamedPictures(ExperimentConfig config) {
    private static final int NAMED = 5;

    /**
     * Lists the files, if there are some; none is opened.
     *
     * @param until last stage of the run
     * @param plan whether nothing will be done, which may be without the files
     * @throws BadInputException if they are not there, their classes are not as many as the config's, none is left to train on or for scores and report, or a classifier
     *     would need more of them in memory than there is room for
     */
    void require(RunOptions.Until until, boolean plan) throws IOException {
        Optional<NamedFiles.Missing> missing = new NamedFiles(config).missingData();
        if (config.data().files().isEmpty()) {
            if (missing.isEmpty()) {
                PictureSources.requireLabels(config.data().pictures());
            }
            return;
        }
        if (missing.isPresent()) {
            if (plan) {
                return;
            }
            throw missing.get().refusal();
        }
        ExperimentPictures pictures = ExperimentPictures.open(config.data());
        requireClasses(pictures.source());
        pictures.selection(Part.TRAIN);
        boolean scored = until == RunOptions.Until.REPORT || config.watch().every() > 0;
        if (scored) {
            pictures.selection(Part.REFERENCE);
        }
        if (scored && config.byClassifier()) {
            pictures.requireRoom(Part.TRAIN);
            pictures.requireRoom(Part.REFERENCE);
        }
    }

    /** Refuses pictures of more or fewer classes than the config has. */
    void requireClasses(PictureSource pictures) {
        List<String> names = pictures.classNames();
        if (names.size() == config.data().classes()) {
            return;
        }
        String found = names.size() == 1 ? "1 class" : names.size() + " classes";
        BadInputException.Builder problem = BadInputException.at(
                        "data.source: " + config.data().source())
                .found(found + " (" + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (names.size() > NAMED ? ", …)" : ")"))
                .expected(config.data().classes() + ", which data.classes is (10 where a config does not say)");
        throw config.data().files().isPresent() && names.size() > 1
                ? problem.advice("--set data.classes=" + names.size() + ", or write it in the config")
                        .build()
                : problem.build();
    }
}
