package org.ppflow.eval.images;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ImageSource.BatchConsumer;

/** Puts pictures that come in pieces of any number into batches of the size asked for. In memory: one batch. */
public final class BatchAssembly {
    private final ImageShape shape;
    private final int batch;
    private final BatchConsumer consumer;
    private long remaining;
    private byte @Nullable [] pixels;
    private int filled;

    /** Checks what a caller of {@link ImageSource#forEachBatch} asks for. */
    public BatchAssembly(ImageShape shape, long count, long first, int batch, BatchConsumer consumer) {
        if (batch < 1 || first < 0 || first > count) {
            throw new IllegalArgumentException(
                    "batch " + batch + " must be at least 1, picture " + first + " one of " + count);
        }
        this.shape = shape;
        this.batch = batch;
        this.consumer = consumer;
        this.remaining = count - first;
    }

    /** Pictures not yet put in. */
    public long remaining() {
        return remaining;
    }

    /**
     * Puts pictures in.
     *
     * @param source bytes of at least {@code count} pictures, NHWC
     * @param count how many, at most {@link #remaining}
     * @return whether more are wanted
     */
    public boolean add(byte[] source, int count) throws IOException {
        int taken = 0;
        while (taken < count) {
            byte[] current = pixels;
            if (current == null) {
                current = new byte[Math.multiplyExact((int) Math.min(batch, remaining), shape.bytes())];
                pixels = current;
                filled = 0;
            }
            int now = Math.min(count - taken, current.length / shape.bytes() - filled);
            System.arraycopy(source, taken * shape.bytes(), current, filled * shape.bytes(), now * shape.bytes());
            filled += now;
            taken += now;
            remaining -= now;
            if (filled * shape.bytes() == current.length) {
                pixels = null;
                if (!consumer.accept(new ImageBatch(current, shape.height(), shape.width(), shape.channels()))) {
                    return false;
                }
            }
        }
        return remaining > 0;
    }
}
