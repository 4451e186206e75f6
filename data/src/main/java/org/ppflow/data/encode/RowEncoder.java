package org.ppflow.data.encode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.arrow.SkippedPicture;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.encode.DecodeAhead.Decoded;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.LabelledPicture;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * Encodes a selection in order, batch by batch; pictures are decoded once, also where both mirrors are encoded, and ahead of the codec. In memory:
 * three batches of pictures and the latents of one.
 */
final class RowEncoder implements AutoCloseable {
    /** Errors that are written out; there may be a million. */
    private static final int LISTED = 20;

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
    private final EncodeOptions options;
    private @Nullable DecodeAhead ahead;
    private long next;

    RowEncoder(PictureSelection selection, Codec codec, EncodeOptions options) {
        this.selection = selection;
        this.codec = codec;
        this.options = options;
    }

    /**
     * Encodes rows [from, to) of the selection in order. Batches never cross {@code to}.
     *
     * @return the pictures that have no row
     * @throws BadInputException with a list of them, where an error is not to be skipped
     */
    List<SkippedPicture> encode(long from, long to, Sink sink) throws IOException {
        DecodeAhead pictures = positionedAt(from);
        List<SkippedPicture> failed = new ArrayList<>();
        List<LabelledPicture> rows = new ArrayList<>();
        while (next < to) {
            Decoded row = pictures.next();
            if (row == null) {
                throw BadInputException.at(selection.source().name())
                        .found("the end after " + next + " rows")
                        .expected(selection.size() + " rows")
                        .advice("the source changed while it was read")
                        .build();
            }
            next++;
            if (row.failure() != null) {
                failed.add(row.failure());
            } else if (row.picture() != null) {
                rows.add(row.picture());
            }
            boolean full = rows.size() == options.batch() || (next == to && !rows.isEmpty());
            if (full && (failed.isEmpty() || options.onError() == OnError.SKIP)) {
                encodeBatch(rows, sink);
            }
            if (full) {
                rows.clear();
            }
        }
        if (!failed.isEmpty() && (options.onError() == OnError.FAIL || failed.size() == to - from)) {
            throw undecodable(failed, from, to);
        }
        return failed;
    }

    private BadInputException undecodable(List<SkippedPicture> failed, long from, long to) {
        StringBuilder list = new StringBuilder();
        failed.stream().limit(LISTED).forEach(picture -> list.append("\n  ").append(picture.error()));
        if (failed.size() > LISTED) {
            list.append("\n  and ").append(failed.size() - LISTED).append(" more");
        }
        return BadInputException.at(selection.source().name())
                .found(failed.size() + " of the pictures " + from + " to " + (to - 1) + " cannot be decoded")
                .expected(options.onError() == OnError.SKIP ? "at least one that can, in every shard" : "pictures")
                .advice(
                        options.onError() == OnError.SKIP
                                ? "look at the source, or write larger shards:" + list
                                : "fetch them again or take them away, or leave them out by --on-error skip of data encode; run the"
                                        + " same command again to go on. They are:" + list)
                .build();
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

    private DecodeAhead positionedAt(long row) {
        DecodeAhead current = ahead;
        if (current == null || row != next) {
            close();
            current = new DecodeAhead(selection, row, options.threads(), 2 * options.batch());
            ahead = current;
            next = row;
        }
        return current;
    }

    @Override
    public void close() {
        if (ahead != null) {
            ahead.close();
            ahead = null;
        }
    }
}
