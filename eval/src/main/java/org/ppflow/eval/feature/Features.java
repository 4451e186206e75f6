package org.ppflow.eval.feature;

import org.ppflow.nn.array.FloatArray;

/**
 * What a network says of pictures.
 *
 * @param features [n, D]
 * @param spatial [n, S], S = 0 where the network has none
 * @param probabilities [n, K], each row sums to 1; K = 0 where the network has none
 */
public record Features(FloatArray features, FloatArray spatial, FloatArray probabilities) {
    public Features {
        if (features.rows() != probabilities.rows() || features.rows() != spatial.rows()) {
            throw new IllegalArgumentException(features + ", " + spatial + " and " + probabilities + " differ in rows");
        }
    }

    /** Without spatial features. */
    public Features(FloatArray features, FloatArray probabilities) {
        this(features, FloatArray.zeros(features.rows(), 0), probabilities);
    }
}
