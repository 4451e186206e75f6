package org.ppflow.eval.feature;

import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.nn.errors.BadInputException;

/** A network that gives metrics their features. It says what it is, so that no number goes under another's name. */
public interface FeatureNetwork extends AutoCloseable {
    /** Kind, which names the metrics: {@code classifier} gives {@code classifier_fd}; only {@code inception} gives {@code fid}. */
    String kind();

    /** Changes whenever the network's numbers may. */
    String contentHash();

    /** D. */
    int featureSize();

    /** S, length of spatial features (for sFID); 0 where the network has none. */
    default int spatialSize() {
        return 0;
    }

    /** K, number of class probabilities; 0 where the network has none. */
    int classes();

    /** Channels of the pictures that it takes: 3, or 1 for grey. */
    int channels();

    /** Whether it takes pictures of this size; without, a message that says what it takes. */
    default void requireShape(String name, ImageShape shape) {
        if (shape.channels() != channels()) {
            throw BadInputException.at(name)
                    .found("pictures of " + shape.channels() + " channels")
                    .expected(channels() + ", as the network takes")
                    .build();
        }
    }

    /** Runs it; a picture's result does not depend on its neighbours. */
    Features extract(ImageBatch batch);

    @Override
    void close();
}
