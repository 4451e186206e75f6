package org.ppflow.app.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.autoencoder.NamedCodecs;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * Turns latents as a model makes them into pictures, with the codec, shift and scale of the data set that it was trained on. Owns the codec.
 *
 * @param codec of the data set
 * @param data what the data set is
 */
public record LatentDecoder(Codec codec, DatasetDescription data) implements AutoCloseable {
    /**
     * Opens the codec of a data set.
     *
     * @param folder of the data set, with its manifest
     * @param config network whose latents it is to decode
     * @param autoencoder folder of the autoencoder that the data set was made by, where it was made by one
     * @throws BadInputException if the data set's latents have another shape
     */
    public static LatentDecoder open(Path folder, DitConfig config, Optional<Path> autoencoder) throws IOException {
        DatasetDescription data = Manifest.read(folder).description();
        LatentShape shape = data.latentShape();
        if (shape.channels() != config.channels()
                || shape.height() != config.height()
                || shape.width() != config.width()) {
            throw BadInputException.at("--decode " + folder)
                    .found("latents of " + shape.channels() + "x" + shape.height() + "x" + shape.width())
                    .expected("those of the model, " + config.channels() + "x" + config.height() + "x" + config.width())
                    .build();
        }
        return new LatentDecoder(codec(data, autoencoder), data);
    }

    /**
     * The codec that a data set was made by.
     *
     * @throws BadInputException where it is an autoencoder and its folder is not given, or is another's
     */
    public static Codec codec(DatasetDescription data, Optional<Path> autoencoder) {
        return NamedCodecs.of(data, autoencoder);
    }

    /**
     * The data set of the run that weights lie in: the nearest {@code data/manifest.json} above them.
     *
     * @throws BadInputException if there is none
     */
    public static Path beside(Path weights) {
        for (Path folder = weights.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("data").resolve(Manifest.FILE))) {
                return folder.resolve("data");
            }
        }
        throw BadInputException.at("--decode")
                .found("no data/" + Manifest.FILE + " in the folders above " + weights)
                .expected("weights of a run, whose data set says codec, shift and scale")
                .advice("name the data set's folder: --decode FOLDER")
                .build();
    }

    /** Side of the pictures; where the data set does not say it, of one that is decoded to see. */
    public int pictureSize() {
        if (data.imageSize() != DatasetDescription.UNKNOWN_SIZE) {
            return data.imageSize();
        }
        LatentShape shape = data.latentShape();
        return codec.decode(FloatArray.zeros(1, shape.channels(), shape.height(), shape.width()))
                .height();
    }

    /** (N, C, h, w) → uint8 (N, H, W, C). */
    public PictureBatch decode(FloatArray latents) {
        return codec.decode(data.scaling().denormalise(latents));
    }

    @Override
    public void close() {
        codec.close();
    }
}
