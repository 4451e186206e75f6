package org.ppflow.eval.feature;

import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageFormat;

/** A network that describes pictures, and the owner of its native memory. Not safe for use by two threads at a time. */
public interface FeatureNetwork extends AutoCloseable {
    /** What metrics from it are called. */
    NetworkKind kind();

    /** What a person calls it. */
    String name();

    /** SHA-256 over everything its numbers depend on, 64 hexadecimal digits: weights and preparation of pixels. */
    String contentHash();

    /** Number of features of a picture. */
    int featureSize();

    /** Number of classes that it tells apart. */
    int classCount();

    /** Number of pictures at which it is fastest. */
    int batchSize();

    /**
     * Checks that pictures of this size can be described.
     *
     * @param where names the pictures in the error
     * @throws org.ppflow.nn.errors.BadInputException if not
     */
    void requireFits(ImageFormat format, String where);

    /** Features and probabilities of pictures of a size that fits, any number of them. */
    ImageFeatures describe(ImageBatch images);

    @Override
    void close();
}
