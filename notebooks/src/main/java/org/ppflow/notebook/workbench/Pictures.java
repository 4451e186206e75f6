package org.ppflow.notebook.workbench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ppflow.app.figure.Canvas;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.figure.SampleGrid;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.notebook.display.Bundle;
import org.ppflow.notebook.display.Rendering;
import org.ppflow.notebook.display.Shown;

/**
 * Pictures with their classes, in memory. In a notebook they are a grid.
 *
 * @param name beside the grid
 * @param batch their values, 0 to 255
 * @param classes of each
 */
public record Pictures(String name, PictureBatch batch, List<Integer> classes) implements Shown {
    /** Pictures in a row of a grid. */
    static final int COLUMNS = 10;

    private static final String PICTURES = "arr_0";
    private static final String CLASSES = "arr_1";

    public Pictures {
        classes = List.copyOf(classes);
        if (classes.size() != batch.count()) {
            throw new IllegalArgumentException("classes: " + classes.size() + " for " + batch.count() + " pictures");
        }
    }

    /** How many. */
    public int count() {
        return batch.count();
    }

    /** The first of them. */
    public Pictures first(int some) {
        if (some < 1 || some > count()) {
            throw new IllegalArgumentException("first: " + some + " of " + count() + " pictures");
        }
        return new Pictures(name, of(Arrays.copyOf(batch.pixels(), some * size())), classes.subList(0, some));
    }

    /** The first of them, so many times. */
    public Pictures repeated(int some, int times) {
        Pictures once = first(some);
        byte[] pixels = new byte[times * some * size()];
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            System.arraycopy(once.batch.pixels(), 0, pixels, i * some * size(), some * size());
            labels.addAll(once.classes);
        }
        return new Pictures(name, of(pixels), labels);
    }

    /** A grid, so many pictures a row; what does not fill a row is left out, unless it is the first. */
    public Figure grid(int columns) {
        if (columns < 1 || count() < 1) {
            throw new IllegalArgumentException(
                    "grid: " + count() + " pictures in " + columns + " columns; there must be at least one of both");
        }
        List<SampleGrid.Row> rows = new ArrayList<>();
        int across = Math.min(columns, count());
        for (int first = 0; first + across <= count(); first += across) {
            rows.add(new SampleGrid.Row(rows.isEmpty() ? name : "", row(first, across)));
        }
        return new SampleGrid(rows, List.of(), batch.height(), batch.width(), batch.channels())
                .figure(count() + " pictures of " + name, Canvas.PAGE);
    }

    /** Values of some of them. */
    byte[] row(int first, int some) {
        return Arrays.copyOfRange(batch.pixels(), first * size(), (first + some) * size());
    }

    /** Writes an npz with ADM's keys, as {@code ppflow evaluate} and other tools read samples: {@code arr_0} pictures, {@code arr_1} classes. */
    public Path save(String file) throws IOException {
        Path path = Path.of(file);
        Npz.write(
                path,
                Npz.Compression.STORED,
                List.of(
                        TensorSource.unsignedBytes(
                                PICTURES,
                                new int[] {count(), batch.height(), batch.width(), batch.channels()},
                                batch.pixels()),
                        TensorSource.longs(
                                CLASSES,
                                new int[] {count()},
                                classes.stream().mapToLong(Integer::longValue).toArray())));
        return path;
    }

    private int size() {
        return batch.height() * batch.width() * batch.channels();
    }

    private PictureBatch of(byte... pixels) {
        return new PictureBatch(pixels.length / size(), batch.height(), batch.width(), batch.channels(), pixels);
    }

    @Override
    public Bundle bundle() {
        return Rendering.of(grid(COLUMNS));
    }

    @Override
    public String toString() {
        return count() + " pictures of " + name;
    }
}
