package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.report.PictureGrid;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;

class SampleGridTest {
    @TempDir
    private Path folder;

    @Test
    void smallPictures_areTheGridOfAllOfThem() throws IOException {
        byte[] pixels = pixels(300, 2 * 2);
        int[] labels = labels(300, 7);

        SampleGrid grid = SampleGrid.of(npz(pixels, 300, 2, 1), 7, labels);

        assertThat(grid.rows()).isEqualTo(7);
        assertThat(grid.columns()).isEqualTo(10);
        assertThat(grid.png()).isEqualTo(PictureGrid.byClass(pixels, labels, 2, 2, 1, 7, 10));
    }

    @Test
    void largePictures_areFewer_andOfTheFirstClasses() throws IOException {
        byte[] pixels = pixels(40, 65 * 65 * 3);
        int[] labels = labels(40, 9);

        SampleGrid grid = SampleGrid.of(npz(pixels, 40, 65, 3), 9, labels);

        assertThat(grid.rows()).isEqualTo(4);
        assertThat(grid.columns()).isEqualTo(4);
        assertThat(grid.png()).isEqualTo(PictureGrid.byClass(pixels, labels, 65, 65, 3, 4, 4));
    }

    @Test
    void fewerSamplesThanPlaces_leaveBlackOnes() throws IOException {
        byte[] pixels = pixels(3, 2 * 2);

        SampleGrid grid = SampleGrid.of(npz(pixels, 3, 2, 1), 5, 0, 4, 0);

        assertThat(grid.png()).isEqualTo(PictureGrid.byClass(pixels, new int[] {0, 4, 0}, 2, 2, 1, 5, 10));
    }

    private Path npz(byte[] pixels, int count, int side, int channels) throws IOException {
        Path file = folder.resolve("samples.npz");
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(TensorSource.unsignedBytes("arr_0", new int[] {count, side, side, channels}, pixels)));
        return file;
    }

    private static byte[] pixels(int count, int size) {
        byte[] pixels = new byte[count * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31 + i / size * 7);
        }
        return pixels;
    }

    private static int[] labels(int count, int classes) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i * 5 % classes;
        }
        return labels;
    }
}
