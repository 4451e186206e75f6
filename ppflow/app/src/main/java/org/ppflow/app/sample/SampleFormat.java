package org.ppflow.app.sample;

import java.nio.file.Path;
import java.util.Locale;

/** What samples are written as. */
public enum SampleFormat {
    /** One npz file: {@code arr_0} uint8 [N, H, W, C] and {@code arr_1} int64 [N] as ADM has them, or {@code latents} and {@code y}. */
    NPZ,
    /** A folder of {@code 00000017.png}, numbered by the sample's index. */
    PNG,
    /** One Arrow file of latents in the data set's own layout. */
    ARROW;

    /** By the output's name: {@code .npz}, {@code .arrow}, else a folder of PNG. */
    public static SampleFormat of(Path output) {
        String name = String.valueOf(output.getFileName());
        return name.endsWith(".npz") ? NPZ : name.endsWith(".arrow") ? ARROW : PNG;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
