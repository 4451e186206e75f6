package org.ppflow.eval.feature;

import org.ppflow.nn.array.FloatArray;

/**
 * What a network says of some pictures, row by row.
 *
 * @param features [N, F]
 * @param probabilities [N, classes], rows sum to 1
 */
public record ImageFeatures(FloatArray features, FloatArray probabilities) {
    public ImageFeatures {
        if (features.shape().length != 2
                || probabilities.shape().length != 2
                || features.rows() != probabilities.rows()) {
            throw new IllegalArgumentException(
                    features + " and " + probabilities + " are not features and probabilities of the same pictures");
        }
    }

    /** Number of pictures. */
    public int count() {
        return features.rows();
    }
}
