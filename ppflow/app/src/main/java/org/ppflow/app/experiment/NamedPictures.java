package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.ppflow.app.config.ExperimentConfig;
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
     * @throws BadInputException if their classes are not as many as the config's
     */
    void require() throws IOException {
        if (config.data().files().filter(Files::exists).isPresent()) {
            requireClasses(PictureSources.open(config.data().pictures()));
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
                .expected(config.data().classes() + ", as data.classes says");
        throw config.data().files().isPresent() && names.size() > 1
                ? problem.advice("--set data.classes=" + names.size() + ", or write it in the config")
                        .build()
                : problem.build();
    }
}
