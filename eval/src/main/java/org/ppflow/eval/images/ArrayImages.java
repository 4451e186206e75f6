package org.ppflow.eval.images;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.util.Arrays;
import org.ppflow.data.picture.PictureBatch;

/**
 * Pictures that are in memory already.
 *
 * @param name for reports
 * @param all the pictures
 */
public record ArrayImages(String name, ImageBatch all) implements ImageSource {
    /**
     * Pictures for a network of so many channels.
     *
     * @param channels 3, or 1 for grey; grey pictures get three equal ones
     */
    public static ArrayImages of(String name, PictureBatch pictures, int channels) {
        byte[] pixels = Channels.bring(pictures.pixels(), pictures.channels(), channels, name);
        return new ArrayImages(name, new ImageBatch(pixels, pictures.height(), pictures.width(), channels));
    }

    @Override
    public long count() {
        return all.count();
    }

    @Override
    public ImageShape shape() {
        return all.shape();
    }

    @Override
    public SourceIdentity identity() {
        return new SourceIdentity(
                SourceIdentity.Kind.CONTENT,
                all.shape() + ":" + Hashing.sha256().hashBytes(all.pixels()));
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        if (batch < 1 || first < 0 || first > count()) {
            throw new IllegalArgumentException(
                    "batch " + batch + " must be at least 1, picture " + first + " one of " + count());
        }
        int size = shape().bytes();
        boolean more = true;
        for (int from = Math.toIntExact(first); more && from < all.count(); from += batch) {
            int to = Math.min(all.count(), from + batch);
            more = consumer.accept(new ImageBatch(
                    Arrays.copyOfRange(all.pixels(), from * size, to * size),
                    all.height(),
                    all.width(),
                    all.channels()));
        }
    }
}
