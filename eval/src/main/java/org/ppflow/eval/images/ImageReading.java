package org.ppflow.eval.images;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How pictures are read.
 *
 * @param channels that the network takes: 3, or 1 for grey
 * @param crop side, in pixels, that ADM's centre crop brings picture files to, for references made from photographs, and black around them digits; empty: they are taken as
 *     they are
 * @param autoencoder folder of the autoencoder that a data set of latents was made by
 * @param threads that decode picture files
 */
public record ImageReading(int channels, OptionalInt crop, Optional<Path> autoencoder, int threads) {
    private static final int COLOURS = 3;
    private static final int MAX_THREADS = 16;

    public ImageReading {
        if (channels != 1 && channels != COLOURS) {
            throw new IllegalArgumentException("channels " + channels + " must be 1 or 3");
        }
        if (threads < 1 || crop.orElse(1) < 1) {
            throw new IllegalArgumentException(threads + " threads, a crop of " + crop + ": at least 1 of each");
        }
    }

    /** Colour pictures as they are, decoded on every core. */
    public static ImageReading colour() {
        return new ImageReading(
                COLOURS,
                OptionalInt.empty(),
                Optional.empty(),
                Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    /** The same for a network of so many channels. */
    public ImageReading withChannels(int other) {
        return new ImageReading(other, crop, autoencoder, threads);
    }

    /** The same with picture files cropped, and digits padded, to a square of this side. */
    public ImageReading withCrop(int size) {
        return new ImageReading(channels, OptionalInt.of(size), autoencoder, threads);
    }

    /** The same with an autoencoder for latents. */
    public ImageReading withAutoencoder(Path folder) {
        return new ImageReading(channels, crop, Optional.of(folder), threads);
    }

    /** What of it changes the pixels, for identities. */
    String pixels() {
        return "channels " + channels + (crop.isPresent() ? " crop " + crop.getAsInt() : "");
    }
}
