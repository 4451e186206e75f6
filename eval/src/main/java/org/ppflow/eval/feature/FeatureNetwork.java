package org.ppflow.eval.feature;

import org.ppflow.eval.images.ImageBatch;

/** A network that gives metrics their features. It says what it is, so that no number goes under another's name. */
public interface FeatureNetwork extends AutoCloseable {
    /** Kind, which names the metrics: {@code classifier} gives {@code classifier_fd}; only {@code inception} gives {@code fid}. */
    String kind();

    /** Changes whenever the network's numbers may. */
    String contentHash();

    /** D. */
    int featureSize();

    /** K. */
    int classes();

    /** Runs it; a picture's result does not depend on its neighbours. */
    Features extract(ImageBatch batch);

    @Override
    void close();
}
