package org.ppflow.eval.images;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/**
 * The pictures of a stream in batches of one size, the last one shorter: what a network gets then depends on the pictures and
 * not on how the source hands them out. Holds one batch beside the source's own. Closes the stream underneath.
 */
public final class FixedBatches implements ImageStream {
    private final String name;
    private final ImageFormat format;
    private final ImageStream stream;
    private final int size;
    private @Nullable ImageBatch current;
    private int used;
    private long given;
    private @Nullable Boolean labelled;

    /**
     * Opens a source.
     *
     * @param size pictures in each batch but the last, at least 1
     */
    public FixedBatches(ImageSource source, int size) throws IOException {
        if (size < 1) {
            throw new IllegalArgumentException("batches of " + size + " pictures");
        }
        this.name = source.name();
        this.format = source.format();
        this.size = size;
        this.stream = source.open();
    }

    @Override
    public Optional<ImageBatch> next() throws IOException {
        byte[] pixels = new byte[Math.multiplyExact(size, format.bytes())];
        int[] labels = new int[size];
        int filled = 0;
        while (filled < size) {
            ImageBatch from = available();
            if (from == null) {
                break;
            }
            int taken = Math.min(size - filled, from.count() - used);
            int bytes = format.bytes();
            System.arraycopy(from.pixels(), used * bytes, pixels, filled * bytes, taken * bytes);
            if (from.labels() != null) {
                System.arraycopy(from.labels(), used, labels, filled, taken);
            }
            filled += taken;
            used += taken;
        }
        if (filled == 0) {
            return Optional.empty();
        }
        given += filled;
        ImageBatch full = new ImageBatch(format, pixels, Boolean.TRUE.equals(labelled) ? labels : null);
        return Optional.of(filled == size ? full : full.slice(0, filled));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private @Nullable ImageBatch available() throws IOException {
        if (current == null || used == current.count()) {
            current = stream.next().orElse(null);
            used = 0;
            if (current != null) {
                check(current);
            }
        }
        return current;
    }

    private void check(ImageBatch batch) {
        if (!batch.format().equals(format)) {
            throw BadInputException.at(name + ", picture " + given + " or later")
                    .found("a picture of " + batch.format())
                    .expected(format + " like the others")
                    .build();
        }
        boolean hasLabels = batch.labels() != null;
        if (labelled != null && labelled != hasLabels) {
            throw BadInputException.at(name + ", picture " + given + " or later")
                    .found(hasLabels ? "pictures with a label" : "pictures without a label")
                    .expected("a label for all pictures or for none")
                    .build();
        }
        labelled = hasLabels;
    }
}
