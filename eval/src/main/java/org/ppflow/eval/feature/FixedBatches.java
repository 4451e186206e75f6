package org.ppflow.eval.feature;

import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.array.FloatArray;

/**
 * Runs a network at one batch size, the last batch filled up with black pictures. Convolution libraries choose another order of sums for
 * another batch; at a fixed one a picture's features depend neither on how many others there are nor on how the caller cuts its batches.
 */
public final class FixedBatches {
    private FixedBatches() {}

    /** One run of the network. */
    @FunctionalInterface
    public interface Pass {
        /** Takes exactly as many pictures as the batch has, and gives as many rows. */
        Features run(ImageBatch pictures);
    }

    /**
     * Runs all pictures, in order.
     *
     * @param batch of any size, 0 too
     * @param size pictures a run
     * @param network gives the lengths of the rows
     * @param pass runs it
     */
    public static Features extract(ImageBatch batch, int size, FeatureNetwork network, Pass pass) {
        int count = batch.count();
        FloatArray features = FloatArray.zeros(count, network.featureSize());
        FloatArray spatial = FloatArray.zeros(count, network.spatialSize());
        FloatArray probabilities = FloatArray.zeros(count, network.classes());
        int bytes = batch.shape().bytes();
        for (int first = 0; first < count; first += size) {
            int rows = Math.min(size, count - first);
            byte[] filled = new byte[Math.multiplyExact(size, bytes)];
            System.arraycopy(batch.pixels(), first * bytes, filled, 0, rows * bytes);
            Features some = pass.run(new ImageBatch(filled, batch.height(), batch.width(), batch.channels()));
            copy(some.features(), rows, features, first);
            copy(some.spatial(), rows, spatial, first);
            copy(some.probabilities(), rows, probabilities, first);
        }
        return new Features(features, spatial, probabilities);
    }

    private static void copy(FloatArray from, int rows, FloatArray to, int first) {
        System.arraycopy(from.values(), 0, to.values(), first * to.rowSize(), rows * to.rowSize());
    }
}
