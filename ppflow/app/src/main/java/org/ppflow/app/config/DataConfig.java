package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.codec.HaarCodec;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.PixelsCodec;

/**
 * Pictures and how they become latents.
 *
 * @param source {@value #EMBEDDED}, or {@code idx:PATH} for an IDX file of pictures, or a folder with one
 * @param size side in pixels that pictures are padded to, even
 * @param codec from pixels to latents
 * @param storage type of the numbers on disk
 * @param holdout rows kept out of training
 */
public record DataConfig(String source, int size, Codec codec, Storage storage, HoldoutConfig holdout) {
    /** The source that ships with the toolkit: MNIST's 10 000 test pictures. */
    public static final String EMBEDDED = "mnist-t10k";

    private static final String IDX = "idx:";
    private static final int MAX_SIZE = 1024;

    /** Grey digits; the codec says what becomes of one channel. */
    private static final int CHANNELS = 1;

    /** How pictures become latents. */
    public enum Codec {
        /** Orthonormal 2×2 Haar transform: 1×32×32 becomes 4×16×16. */
        @JsonProperty("haar")
        HAAR,
        /** The pixels themselves. */
        @JsonProperty("pixels")
        PIXELS
    }

    /** Type of latents on disk. */
    public enum Storage {
        @JsonProperty("float32")
        FLOAT32,
        @JsonProperty("float16")
        FLOAT16
    }

    public DataConfig {
        Check.that(
                source.equals(EMBEDDED) || (source.startsWith(IDX) && source.length() > IDX.length()),
                "source",
                "'" + source + "' must be " + EMBEDDED + " or idx:PATH");
        Check.that(
                size >= 2 && size % 2 == 0 && size <= MAX_SIZE,
                "size",
                size + " must be an even number from 2 to " + MAX_SIZE);
    }

    /** Name of the codec in manifests. */
    public String codecName() {
        return switch (codec) {
            case HAAR -> HaarCodec.NAME;
            case PIXELS -> PixelsCodec.NAME;
        };
    }

    /** Latents of these pictures, of which each has {@value #CHANNELS} channel. */
    public LatentShape latent() {
        try (org.ppflow.data.codec.Codec opened = Codecs.open(codecName())) {
            return opened.storedShape(CHANNELS, size, size);
        }
    }
}
