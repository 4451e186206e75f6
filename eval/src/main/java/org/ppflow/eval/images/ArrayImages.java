package org.ppflow.eval.images;

import java.io.IOException;
import java.util.Arrays;

/**
 * Pictures that are in memory already.
 *
 * @param name for reports
 * @param all the pictures
 */
public record ArrayImages(String name, ImageBatch all) implements ImageSource {
    @Override
    public long count() {
        return all.count();
    }

    @Override
    public void forEachBatch(int batch, BatchConsumer consumer) throws IOException {
        if (batch < 1) {
            throw new IllegalArgumentException("batch " + batch + " must be at least 1");
        }
        int size = all.height() * all.width() * all.channels();
        for (int first = 0; first < all.count(); first += batch) {
            int last = Math.min(all.count(), first + batch);
            consumer.accept(new ImageBatch(
                    Arrays.copyOfRange(all.pixels(), first * size, last * size),
                    all.height(),
                    all.width(),
                    all.channels()));
        }
    }
}
