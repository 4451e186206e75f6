package org.ppflow.eval.protocol;

import java.io.IOException;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.MomentAccumulator;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;

/**
 * What one pass over pictures leaves: features, class probabilities and moments. Memory: 4·(D + K) bytes a picture.
 *
 * @param name of the pictures
 * @param features [n, D]
 * @param probabilities [n, K]
 * @param statistics of the features
 */
public record FeatureSet(String name, FloatArray features, FloatArray probabilities, FeatureStatistics statistics) {
    private static final int BATCH = 500;

    /** Runs the network over all pictures. */
    public static FeatureSet extract(ImageSource images, FeatureNetwork network, Progress progress) throws IOException {
        int count = Math.toIntExact(images.count());
        FloatArray features = FloatArray.zeros(count, network.featureSize());
        FloatArray probabilities = FloatArray.zeros(count, network.classes());
        MomentAccumulator moments = new MomentAccumulator(network.featureSize());
        int[] done = {0};
        try (Progress.Task task = progress.start("features of " + images.name(), count, "pictures")) {
            images.forEachBatch(BATCH, batch -> {
                Features extracted = network.extract(batch);
                moments.add(extracted.features());
                append(extracted.features(), features, done[0]);
                append(extracted.probabilities(), probabilities, done[0]);
                done[0] += batch.count();
                task.advanceTo(done[0]);
            });
        }
        return new FeatureSet(images.name(), features, probabilities, moments.statistics());
    }

    private static void append(FloatArray rows, FloatArray all, int first) {
        System.arraycopy(rows.values(), 0, all.values(), first * all.rowSize(), rows.values().length);
    }
}
