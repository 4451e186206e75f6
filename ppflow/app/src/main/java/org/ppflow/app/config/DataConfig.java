package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pictures and how they become latents.
 *
 * @param source {@value #EMBEDDED}, or {@code idx:DIR} for a folder of IDX files
 * @param size side in pixels that pictures are padded to, even
 * @param codec from pixels to latents
 * @param storage type of the numbers on disk
 * @param holdout rows kept out of training
 */
public record DataConfig(String source, int size, Codec codec, Storage storage, HoldoutConfig holdout) {
    /** The source that ships with the toolkit: MNIST's 10 000 test pictures. */
    public static final String EMBEDDED = "mnist-t10k";

    private static final String IDX = "idx:";

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
                "'" + source + "' must be " + EMBEDDED + " or idx:DIR");
        Check.that(size >= 2 && size % 2 == 0, "size", size + " must be an even number, at least 2");
    }

    /** The folder of {@code idx:DIR}; empty for the embedded source. */
    public Optional<Path> idxFolder() {
        return source.startsWith(IDX) ? Optional.of(Path.of(source.substring(IDX.length()))) : Optional.empty();
    }
}
