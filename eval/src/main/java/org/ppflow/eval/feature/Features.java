package org.ppflow.eval.feature;

import org.ppflow.nn.array.FloatArray;

/**
 * What a network says of pictures.
 *
 * @param features [n, D]
 * @param probabilities [n, K], each row sums to 1
 */
public record Features(FloatArray features, FloatArray probabilities) {
    public Features {
        if (features.rows() != probabilities.rows()) {
            throw new IllegalArgumentException(features + " and " + probabilities + " differ in rows");
        }
    }
}
