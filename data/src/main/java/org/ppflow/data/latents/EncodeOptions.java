package org.ppflow.data.latents;

import java.util.Arrays;
import java.util.List;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.array.FloatArray;

/**
 * What the rows of a data set are made with.
 *
 * @param source what the pictures are, in words
 * @param codec name of the codec
 * @param storage type of the values
 * @param mirror whether latents of the mirrored pictures are stored too; false for digits and letters
 * @param height of the pictures
 * @param width of the pictures
 * @param channels of the pictures
 * @param shape {c, h, w} of a latent
 * @param classNames by label
 * @param rowsPerShard at least 1
 */
public record EncodeOptions(
        String source,
        String codec,
        Storage storage,
        boolean mirror,
        int height,
        int width,
        int channels,
        List<Integer> shape,
        List<String> classNames,
        int rowsPerShard) {
    /** Largest part of a file that is mapped at once. */
    private static final long LARGEST_SHARD = 1L << 30;

    public EncodeOptions {
        shape = List.copyOf(shape);
        classNames = List.copyOf(classNames);
        if (rowsPerShard < 1) {
            throw new IllegalArgumentException("rows_per_shard: " + rowsPerShard + " must be at least 1");
        }
        long bytes = (mirror ? 2L : 1L) * rowsPerShard * valuesOf(shape) * storage.bytes();
        if (bytes > LARGEST_SHARD) {
            throw new IllegalArgumentException("rows_per_shard: " + rowsPerShard + " makes shards of " + bytes
                    + " bytes, at most " + LARGEST_SHARD);
        }
    }

    /** Options for pictures of this size. */
    public static EncodeOptions of(
            String source, PictureSet pictures, String codec, Storage storage, boolean mirror, int rowsPerShard) {
        int[] shape = Codecs.named(codec).latentShape(pictures.height(), pictures.width(), pictures.channels());
        return new EncodeOptions(
                source,
                codec,
                storage,
                mirror,
                pictures.height(),
                pictures.width(),
                pictures.channels(),
                Arrays.stream(shape).boxed().toList(),
                pictures.classNames(),
                rowsPerShard);
    }

    /** Values of one latent. */
    int values() {
        return valuesOf(shape);
    }

    private static int valuesOf(List<Integer> shape) {
        return Math.toIntExact(
                FloatArray.size(shape.stream().mapToInt(Integer::intValue).toArray()));
    }
}
