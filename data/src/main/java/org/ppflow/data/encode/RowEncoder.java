package org.ppflow.data.encode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.LabelledPicture;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureStream;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * Reads a selection in order and encodes it batch by batch. In memory: one batch of pictures and its latents.
 */
final class RowEncoder implements AutoCloseable {
    /** Takes an encoded row. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes one row; the array is shared by a batch and must not be kept.
         *
         * @param values holds the row's (S, h, w) at {@code offset}, the mirrored picture's at {@code flippedOffset} where the
         *     source has mirrors
         */
        void accept(float[] values, int offset, int flippedOffset, LabelledPicture row) throws IOException;
    }

    private final PictureSelection selection;
    private final Codec codec;
    private final int batch;
    private @Nullable PictureStream stream;
    private long next;

    RowEncoder(PictureSelection selection, Codec codec, int batch) {
        this.selection = selection;
        this.codec = codec;
        this.batch = batch;
    }

    /** Encodes rows [from, to) of the selection in order. Batches never cross {@code to}. */
    void encode(long from, long to, Sink sink) throws IOException {
        PictureStream pictures = positionedAt(from);
        while (next < to) {
            List<LabelledPicture> rows = new ArrayList<>();
            while (rows.size() < batch && next < to) {
                PictureEntry row = pictures.next();
                if (row == null) {
                    throw BadInputException.at(selection.source().name())
                            .found("the end after " + next + " rows")
                            .expected(selection.size() + " rows")
                            .advice("the source changed while it was read")
                            .build();
                }
                rows.add(row.decode());
                next++;
            }
            encodeBatch(rows, sink);
        }
    }

    private void encodeBatch(List<LabelledPicture> rows, Sink sink) throws IOException {
        boolean mirror = selection.source().mirror();
        List<Picture> pictures = new ArrayList<>();
        for (LabelledPicture row : rows) {
            pictures.add(row.picture());
        }
        if (mirror) {
            for (LabelledPicture row : rows) {
                pictures.add(row.picture().mirrored());
            }
        }
        FloatArray encoded = codec.encode(PictureBatch.of(pictures));
        int rowSize = encoded.rowSize();
        for (int i = 0; i < rows.size(); i++) {
            int flipped = mirror ? (rows.size() + i) * rowSize : -1;
            sink.accept(encoded.values(), i * rowSize, flipped, rows.get(i));
        }
    }

    private PictureStream positionedAt(long row) throws IOException {
        if (stream == null || row != next) {
            close();
            stream = selection.open(row);
            next = row;
        }
        return stream;
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
