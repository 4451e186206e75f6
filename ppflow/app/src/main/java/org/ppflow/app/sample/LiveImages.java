package org.ppflow.app.sample;

import java.io.IOException;
import java.util.Optional;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.SourceIdentity;
import org.ppflow.nn.files.Sha256;

/**
 * A sampler at work as a source of pictures: they go from the decoder to whoever asks, and no file lies between. A picture depends on seed and index alone,
 * so reading may start anywhere. In memory are a batch of the sampler and one of the reader.
 *
 * @param name for reports
 * @param drawing of latents
 * @param decoder of pictures
 * @param count of samples
 * @param settings everything that the samples depend on
 */
public record LiveImages(String name, BatchDrawing drawing, LatentDecoder decoder, long count, String settings)
        implements ImageSource {
    @Override
    public ImageShape shape() {
        return new ImageShape(
                decoder.data().imageSize(),
                decoder.data().imageSize(),
                decoder.data().imageChannels());
    }

    @Override
    public Optional<int[]> labels() {
        return Optional.of(drawing.start().labels(drawing.sampler(), 0, Math.toIntExact(count)));
    }

    @Override
    public boolean madeWhileRead() {
        return true;
    }

    @Override
    public SourceIdentity identity() {
        return new SourceIdentity(SourceIdentity.Kind.CONTENT, Sha256.of(settings + "\n" + count));
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        if (batch < 1 || first < 0 || first > count) {
            throw new IllegalArgumentException(
                    "batch " + batch + " must be at least 1, picture " + first + " one of " + count);
        }
        int rows = drawing.sampler().batch();
        int bytes = shape().bytes();
        byte[] gathered = new byte[Math.multiplyExact(batch, bytes)];
        int filled = 0;
        for (long index = first / rows; index * rows < count; index++) {
            int kept = (int) Math.min(rows, count - index * rows);
            PictureBatch pictures =
                    decoder.decode(drawing.draw(index, kept).latents().slice(0, kept));
            for (int row = (int) Math.max(0, first - index * rows); row < kept; row++) {
                System.arraycopy(pictures.pixels(), row * bytes, gathered, filled * bytes, bytes);
                filled++;
                if (filled == batch) {
                    if (!consumer.accept(batchOf(gathered.clone()))) {
                        return;
                    }
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            consumer.accept(batchOf(java.util.Arrays.copyOf(gathered, filled * bytes)));
        }
    }

    private ImageBatch batchOf(byte[] pixels) {
        ImageShape shape = shape();
        return new ImageBatch(pixels, shape.height(), shape.width(), shape.channels());
    }
}
