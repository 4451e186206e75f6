package org.ppflow.eval.images;

import java.io.IOException;

/**
 * A source whose pictures are shown to somebody on their way. Does not own the source.
 *
 * @param images the source
 * @param watcher sees every batch before whoever reads
 */
public record WatchedImages(ImageSource images, Watcher watcher) implements WrappedImages {
    /** Sees pictures. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Sees a batch, which must not be changed.
         *
         * @param first index of its first picture
         */
        void see(long first, ImageBatch batch) throws IOException;
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        long[] next = {first};
        images.forEachBatch(first, batch, pictures -> {
            watcher.see(next[0], pictures);
            next[0] += pictures.count();
            return consumer.accept(pictures);
        });
    }
}
