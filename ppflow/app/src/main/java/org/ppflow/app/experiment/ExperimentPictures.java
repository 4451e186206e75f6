package org.ppflow.app.experiment;

import java.io.IOException;
import org.ppflow.app.config.DataConfig;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.Framing;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureSource;
import org.ppflow.data.source.PictureSources;
import org.ppflow.data.source.SourceOptions;

/**
 * The pictures that a config names: split into those to train on and the reference, each brought to its size.
 *
 * @param config that names them
 * @param source all of them, as they are
 */
record ExperimentPictures(DataConfig config, PictureSource source) {
    /** Opens the source; its pictures are not read yet. */
    static ExperimentPictures open(DataConfig config) throws IOException {
        SourceOptions published = SourceOptions.published();
        SourceOptions options = config.mirror() ? published : published.withMirror(false);
        return new ExperimentPictures(config, PictureSources.open(config.pictures(), options));
    }

    /** One part of them. */
    PictureSelection selection(Part part) {
        Holdout holdout = new Holdout(config.holdout().every(), config.holdout().index());
        return new PictureSelection(source, holdout, part, framing());
    }

    /**
     * One part of them, all at once: size × size bytes a channel each.
     *
     * @throws org.ppflow.nn.errors.BadInputException if that is more than half of what Java may take
     */
    LabelledPictures read(Part part) throws IOException {
        requireRoom(part);
        return selection(part).readAll();
    }

    /** Refuses a part that {@link #read} would: by its size alone, nothing is opened. */
    void requireRoom(Part part) {
        new PictureMemory(Runtime.getRuntime().maxMemory()).require(selection(part), config);
    }

    /** Digits are padded, as they are small; photographs are cropped, as {@code data encode} does. */
    private Framing framing() {
        return config.files().isPresent() ? new CentreCrop(config.size()) : new CentrePadding(config.size());
    }
}
