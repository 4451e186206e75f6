package org.ppflow.app.sample;

import java.nio.file.Path;

/** What samples are written as. */
public enum SampleFormat {
    /** One npz file: {@code arr_0} uint8 [N, H, W, C] and {@code arr_1} int64 [N] as ADM has them, or {@code latents} and {@code y}. */
    NPZ("npz"),
    /** A folder of {@code 00000017.png}, numbered by the sample's index. */
    PNG("png"),
    /** A folder for each class, {@code 3/00000017.png}: as data sets and evaluations read classes. */
    PNG_BY_CLASS("png-by-class"),
    /** One Arrow file of latents in the data set's own layout. */
    ARROW("arrow");

    private final String word;

    SampleFormat(String word) {
        this.word = word;
    }

    /** Whether the output is a folder of pictures. */
    public boolean folder() {
        return this == PNG || this == PNG_BY_CLASS;
    }

    /** By the output's name: {@code .npz}, {@code .arrow}, else a folder of PNG. */
    public static SampleFormat of(Path output) {
        String name = String.valueOf(output.getFileName());
        return name.endsWith(".npz") ? NPZ : name.endsWith(".arrow") ? ARROW : PNG;
    }

    @Override
    public String toString() {
        return word;
    }
}
