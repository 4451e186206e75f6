package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.ppflow.app.report.PictureGrid;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;

/**
 * The first samples of the first classes, a class a row. The file is read up to the last of them, in batches: memory is that of a batch and the grid.
 *
 * @param png its bytes
 * @param rows classes
 * @param columns pictures of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SampleGrid(byte[] png, int rows, int columns) {
    /** Rows and columns of small pictures. */
    private static final int SMALL = 10;
    /** Large ones are fewer. */
    private static final int LARGE = 4;

    private static final int SMALL_SIDE = 64;
    private static final int BATCH = 64;

    /**
     * Draws it.
     *
     * @param samples npz with ADM's keys
     * @param classes of the data set
     * @param labels class of each sample
     */
    static SampleGrid of(Path samples, int classes, int... labels) throws IOException {
        int channels;
        try (TensorFile file = Npz.open(samples)) {
            channels = file.info("arr_0").shape()[3];
        }
        try (ImageSource source =
                ImageSources.open(samples.toString(), ImageReading.colour().withChannels(channels))) {
            ImageShape shape = source.shape();
            int columns = columns(Math.max(shape.height(), shape.width()));
            int rows = Math.min(classes, columns);
            Chosen chosen = new Chosen(rows, columns, shape.bytes(), labels);
            source.forEachBatch(0, BATCH, batch -> chosen.take(batch.pixels(), batch.count()));
            byte[] png = PictureGrid.byClass(
                    Arrays.copyOf(chosen.pixels, chosen.count * shape.bytes()),
                    Arrays.copyOf(chosen.classes, chosen.count),
                    shape.height(),
                    shape.width(),
                    shape.channels(),
                    rows,
                    columns);
            return new SampleGrid(png, rows, columns);
        }
    }

    /** How many pictures a row has, and how many rows there are at most: fewer of large ones, by the longer side in pixels. */
    static int columns(int side) {
        return side <= SMALL_SIDE ? SMALL : LARGE;
    }

    /** Pictures of the grid, as they come. */
    private static final class Chosen {
        private final int columns;
        private final int size;
        private final int[] labels;
        private final int[] found;
        private final byte[] pixels;
        private final int[] classes;
        private int count;
        private int passed;

        Chosen(int rows, int columns, int size, int... labels) {
            this.columns = columns;
            this.size = size;
            this.labels = labels;
            this.found = new int[rows];
            this.pixels = new byte[rows * columns * size];
            this.classes = new int[rows * columns];
        }

        /** Takes those that the grid lacks; whether it lacks more. */
        boolean take(byte[] batch, int pictures) {
            for (int i = 0; i < pictures; i++, passed++) {
                int label = labels[passed];
                if (label < found.length && found[label] < columns) {
                    System.arraycopy(batch, i * size, pixels, count * size, size);
                    classes[count++] = label;
                    found[label]++;
                }
            }
            return count < classes.length;
        }
    }
}
