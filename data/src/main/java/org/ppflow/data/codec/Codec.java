package org.ppflow.data.codec;

import java.util.Optional;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;

/**
 * Turns pictures into what a data set stores, and latents back into pictures. Whoever opens one closes it; one is used by one thread at a time.
 *
 * <p>A codec of your own is a class with a public constructor without parameters, named in a file
 * {@code META-INF/services/org.ppflow.data.codec.Codec} beside it; configs and commands then know it by its {@link #name}.
 */
public interface Codec extends AutoCloseable {
    /** Name in configs, shards and manifests; the key {@code autoencoder}: {@code haar}. */
    String name();

    /** SHA-256 of the weights, empty for a codec without any; the key {@code autoencoder_sha256}. Of an extension's codec its code is added. */
    default String weightsSha256() {
        return "";
    }

    /** Whether latents or moments of a posterior are stored. */
    default StoredKind kind() {
        return StoredKind.LATENTS;
    }

    /**
     * Shape of one stored row for pictures of a size.
     *
     * @throws org.ppflow.nn.errors.BadInputException where the codec cannot take the size
     */
    LatentShape storedShape(int channels, int height, int width);

    /**
     * The scaling that belongs to the codec; empty where it is measured over the training rows: shift = mean of each channel,
     * scale = 1/√(variance, averaged over channels).
     *
     * @param channels channels of the latents
     */
    Optional<LatentScaling> fixedScaling(int channels);

    /** Encodes a batch: uint8 (N, H, W, C) → float32 (N, S, h, w), before shift and scale. */
    FloatArray encode(PictureBatch pictures);

    /**
     * Decodes latents before shift and scale: float32 (N, C, h, w) → uint8 (N, H, W, C). Out-of-range values are clamped.
     *
     * @throws IllegalArgumentException where a value is not a number
     */
    PictureBatch decode(FloatArray latents);

    /** Frees what the codec holds; the default holds nothing. */
    @Override
    default void close() {}
}
