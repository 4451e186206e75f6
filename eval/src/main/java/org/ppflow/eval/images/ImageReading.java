package org.ppflow.eval.images;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How pictures are read.
 *
 * @param channels that the network takes: 3, or 1 for grey
 * @param fit how they are brought to one size; empty: they are taken as they are
 * @param autoencoder folder of the autoencoder that a data set of latents was made by
 * @param threads that decode picture files
 */
public record ImageReading(int channels, Optional<Fit> fit, Optional<Path> autoencoder, int threads) {
    private static final int COLOURS = 3;
    private static final int MAX_THREADS = 16;

    public ImageReading {
        if (channels != 1 && channels != COLOURS) {
            throw new IllegalArgumentException("channels " + channels + " must be 1 or 3");
        }
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads: at least 1");
        }
    }

    /** Colour pictures as they are, decoded on every core. */
    public static ImageReading colour() {
        return new ImageReading(
                COLOURS,
                Optional.empty(),
                Optional.empty(),
                Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    /** The same for a network of so many channels. */
    public ImageReading withChannels(int other) {
        return new ImageReading(other, fit, autoencoder, threads);
    }

    /** The same with pictures brought to a square. */
    public ImageReading with(Fit.How how, int side) {
        return new ImageReading(channels, Optional.of(new Fit(how, side)), autoencoder, threads);
    }

    /** The same with an autoencoder for latents. */
    public ImageReading withAutoencoder(Path folder) {
        return new ImageReading(channels, fit, Optional.of(folder), threads);
    }

    /** What of it changes the pixels, for identities. */
    String pixels() {
        return "channels " + channels + fit.map(brought -> " " + brought).orElse("");
    }
}
