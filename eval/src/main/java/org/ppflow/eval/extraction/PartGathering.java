package org.ppflow.eval.extraction;

import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.PictureKey;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/** A part as it grows. */
final class PartGathering {
    private final String name;
    private final int first;
    private final FloatArray features;
    private final FloatArray spatial;
    private final FloatArray probabilities;
    private final long[] keys;
    private int filled;

    /**
     * An empty part.
     *
     * @param name of the pictures, for errors
     * @param first picture of the part
     * @param rows pictures of the part
     */
    PartGathering(String name, FeatureNetwork network, int first, int rows) {
        this.name = name;
        this.first = first;
        this.features = FloatArray.zeros(rows, network.featureSize());
        this.spatial = FloatArray.zeros(rows, network.spatialSize());
        this.probabilities = FloatArray.zeros(rows, network.classes());
        this.keys = new long[rows];
    }

    boolean isFull() {
        return filled == keys.length;
    }

    Features features() {
        return new Features(features, spatial, probabilities);
    }

    long[] keys() {
        return keys;
    }

    /** Adds pictures in their order, with what the network says of them. */
    void add(ImageBatch batch, Features extracted) {
        if (filled + batch.count() > keys.length) {
            throw BadInputException.at(name)
                    .found("more than " + (first + keys.length) + " pictures")
                    .expected((first + keys.length) + " as it says of itself")
                    .build();
        }
        append(extracted.features(), features, batch.count(), "feature");
        append(extracted.spatial(), spatial, batch.count(), "spatial feature");
        append(extracted.probabilities(), probabilities, batch.count(), "class probability");
        for (int i = 0; i < batch.count(); i++) {
            keys[filled + i] = PictureKey.of(batch, i);
        }
        filled += batch.count();
    }

    /** A row too few would give every later picture the features of its neighbour. */
    private void append(FloatArray rows, FloatArray all, int count, String what) {
        if (rows.rows() != count || rows.rowSize() != all.rowSize()) {
            throw new IllegalStateException(
                    "a network gave " + rows + " for " + count + " pictures, expected rows of " + all.rowSize());
        }
        float[] values = rows.values();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw BadInputException.at(name + ", picture " + (first + filled + i / rows.rowSize()))
                        .found(what + " " + i % rows.rowSize() + " is " + values[i])
                        .expected("finite numbers")
                        .advice("check the picture and the network's weights")
                        .build();
            }
        }
        System.arraycopy(values, 0, all.values(), filled * all.rowSize(), values.length);
    }
}
