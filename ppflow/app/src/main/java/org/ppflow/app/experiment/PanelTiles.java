package org.ppflow.app.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.report.PictureSheet;
import org.ppflow.data.picture.PictureBatch;

/** Pictures by row and column, as they come. */
final class PanelTiles {
    private final int columns;
    private final List<byte[]> pixels = new ArrayList<>();
    private int height;
    private int width;
    private int channels;

    PanelTiles(int columns) {
        this.columns = columns;
    }

    /** All pictures of a batch into a column, from a row downwards. */
    void put(PictureBatch batch, int firstRow, int column) {
        for (int i = 0; i < batch.count(); i++) {
            put(batch, i, firstRow + i, column);
        }
    }

    void put(PictureBatch batch, int index, int row, int column) {
        height = batch.height();
        width = batch.width();
        channels = batch.channels();
        int size = height * width * channels;
        while (pixels.size() < (row + 1) * columns) {
            pixels.add(new byte[size]);
        }
        System.arraycopy(batch.pixels(), index * size, pixels.get(row * columns + column), 0, size);
    }

    byte[] png() throws IOException {
        int size = height * width * channels;
        byte[] all = new byte[Math.multiplyExact(pixels.size(), size)];
        for (int i = 0; i < pixels.size(); i++) {
            System.arraycopy(pixels.get(i), 0, all, i * size, size);
        }
        return PictureSheet.png(all, height, width, channels, columns);
    }
}
