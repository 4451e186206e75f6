package org.ppflow.eval.protocol;

import java.io.IOException;
import java.util.List;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.MomentAccumulator;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

/**
 * What one pass over pictures leaves: features, class probabilities and moments. Memory: 4·(D + K) + 8 bytes a picture.
 *
 * @param name of the pictures
 * @param network whose features they are
 * @param features [n, D]
 * @param probabilities [n, K]
 * @param statistics of the features
 * @param keys a number for each picture that depends on its pixels alone
 * @param warnings what is doubtful about the pictures
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeatureSet(
        String name,
        NetworkIdentity network,
        FloatArray features,
        FloatArray probabilities,
        FeatureStatistics statistics,
        long[] keys,
        List<String> warnings) {
    private static final int BATCH = 500;

    public FeatureSet {
        warnings = List.copyOf(warnings);
    }

    /** Number of pictures. */
    public int count() {
        return features.rows();
    }

    /**
     * Runs the network over all pictures, once.
     *
     * @throws BadInputException if there are fewer than two, not as many as the source says, or if one of them leads to
     *     a number that is not finite
     */
    public static FeatureSet extract(ImageSource images, FeatureNetwork network, Progress progress) throws IOException {
        int count = Math.toIntExact(images.count());
        if (count < 2) {
            throw wrongCount(images, count, "2 or more, since metrics compare sets");
        }
        Gathering all = new Gathering(images.name(), count, network);
        try (Progress.Task task = progress.start("features of " + images.name(), count, "pictures")) {
            images.forEachBatch(0, BATCH, batch -> {
                if (all.done + batch.count() > count) {
                    throw wrongCount(images, all.done + batch.count(), count + " as it says of itself");
                }
                all.add(batch, network.extract(batch));
                task.advanceTo(all.done);
                return true;
            });
        }
        if (all.done != count) {
            throw wrongCount(images, all.done, count + " as it says of itself");
        }
        return new FeatureSet(
                images.name(),
                NetworkIdentity.of(network),
                all.features,
                all.probabilities,
                all.moments.snapshot(),
                all.pixels.keys(),
                all.pixels.warnings(images.name()));
    }

    private static BadInputException wrongCount(ImageSource images, int found, String expected) {
        return BadInputException.at(images.name())
                .found(found + " pictures")
                .expected(expected)
                .build();
    }

    /** The sets as they grow. */
    private static final class Gathering {
        private final String name;
        private final FloatArray features;
        private final FloatArray probabilities;
        private final MomentAccumulator moments;
        private final PixelChecks pixels = new PixelChecks();
        private int done;

        Gathering(String name, int count, FeatureNetwork network) {
            this.name = name;
            this.features = FloatArray.zeros(count, network.featureSize());
            this.probabilities = FloatArray.zeros(count, network.classes());
            this.moments = new MomentAccumulator(network.featureSize());
        }

        void add(ImageBatch batch, Features extracted) {
            requireShape(extracted.features(), batch.count(), features);
            requireShape(extracted.probabilities(), batch.count(), probabilities);
            append(extracted.features(), features, "feature");
            append(extracted.probabilities(), probabilities, "class probability");
            pixels.add(batch);
            moments.add(extracted.features());
            done += batch.count();
        }

        /** A row too few would give every later picture the features of its neighbour. */
        private static void requireShape(FloatArray found, int rows, FloatArray all) {
            if (found.rows() != rows || found.rowSize() != all.rowSize()) {
                throw new IllegalStateException(
                        "a network gave " + found + " for " + rows + " pictures, expected rows of " + all.rowSize());
            }
        }

        private void append(FloatArray rows, FloatArray all, String what) {
            float[] values = rows.values();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw BadInputException.at(name + ", picture " + (done + i / rows.rowSize()))
                            .found(what + " " + i % rows.rowSize() + " is " + values[i])
                            .expected("finite numbers")
                            .advice("check the picture and the network's weights")
                            .build();
                }
            }
            System.arraycopy(values, 0, all.values(), done * all.rowSize(), values.length);
        }
    }
}
