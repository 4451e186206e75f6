package org.ppflow.eval.images;

import java.io.IOException;

/** Pictures to score, all of one size, given out in batches; a file, a folder, or a sampler at work. */
public interface ImageSource {
    /** What it is, for reports. */
    String name();

    /** Number of pictures. */
    long count();

    /**
     * Gives out all pictures, in order, in batches of at most this size.
     *
     * @param batch at least 1
     * @param consumer called once a batch
     */
    void forEachBatch(int batch, BatchConsumer consumer) throws IOException;

    /** Takes batches. */
    @FunctionalInterface
    interface BatchConsumer {
        /** Takes one batch; it is not kept. */
        void accept(ImageBatch batch) throws IOException;
    }
}
