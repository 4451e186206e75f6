package org.ppflow.app.sample;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.eval.images.BatchAssembly;
import org.ppflow.eval.images.Channels;
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
 * @param shape of the pictures, with the channels that the network takes; grey pictures are repeated for three
 * @param settings everything that the samples depend on
 */
public record LiveImages(
        String name, BatchDrawing drawing, LatentDecoder decoder, long count, ImageShape shape, String settings)
        implements ImageSource {
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
        BatchAssembly batches = new BatchAssembly(shape, count, first, batch, consumer);
        int rows = drawing.sampler().batch();
        boolean more = batches.remaining() > 0;
        for (long index = first / rows; more; index++) {
            int kept = (int) Math.min(rows, count - index * rows);
            PictureBatch pictures =
                    decoder.decode(drawing.draw(index, kept).latents().slice(0, kept));
            int from = (int) Math.max(0, first - index * rows);
            int bytes = pictures.height() * pictures.width() * pictures.channels();
            byte[] pixels = Arrays.copyOfRange(pictures.pixels(), from * bytes, kept * bytes);
            more = batches.add(Channels.bring(pixels, pictures.channels(), shape.channels(), name), kept - from);
        }
    }
}
