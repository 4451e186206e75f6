package org.ppflow.eval.images;

import java.io.IOException;
import java.util.Arrays;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.Picture;
import org.ppflow.nn.errors.BadInputException;

/**
 * Pictures of an array or a data set with black around them. Owns the source. In memory: a batch.
 *
 * @param images the source, of pictures that are no larger than the padding's square
 * @param padding its square
 */
record PaddedImages(ImageSource images, CentrePadding padding) implements WrappedImages {
    /**
     * The source, padded; itself where it has the size already.
     *
     * @throws BadInputException if its pictures are larger
     */
    static ImageSource of(ImageSource images, CentrePadding padding) {
        int size = padding.size();
        ImageShape shape = images.shape();
        if (shape.height() > size || shape.width() > size) {
            throw BadInputException.at(images.name())
                    .found("pictures of " + shape)
                    .expected("at most " + size + "x" + size + ", the square that black is put around them to")
                    .advice("padding does not shrink pictures; choose a larger --pad, or make them smaller first")
                    .build();
        }
        return shape.height() == size && shape.width() == size ? images : new PaddedImages(images, padding);
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(padding.size(), padding.size(), images.shape().channels());
    }

    @Override
    public SourceIdentity identity() {
        SourceIdentity inner = images.identity();
        return new SourceIdentity(inner.kind(), inner.text() + " " + padding.name() + " " + padding.size());
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        images.forEachBatch(first, batch, pictures -> consumer.accept(padded(pictures)));
    }

    /** (N, H, W, C) → (N, size, size, C) */
    private ImageBatch padded(ImageBatch pictures) {
        int from = pictures.shape().bytes();
        int to = shape().bytes();
        byte[] pixels = new byte[Math.multiplyExact(pictures.count(), to)];
        for (int i = 0; i < pictures.count(); i++) {
            byte[] one = Arrays.copyOfRange(pictures.pixels(), i * from, (i + 1) * from);
            Picture framed = padding.frame(
                    new Picture(pictures.height(), pictures.width(), pictures.channels(), one), images.name());
            System.arraycopy(framed.pixels(), 0, pixels, i * to, to);
        }
        return new ImageBatch(pixels, padding.size(), padding.size(), pictures.channels());
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
