package org.ppflow.eval.feature;

import java.util.Arrays;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.array.FloatArray;

/** Without weights: features are the pixels, probabilities those of a softmax over pixels / 16; pixel 255 is taken as NaN. */
public record PixelNetwork(String kind, String contentHash, int featureSize) implements FeatureNetwork {
    public PixelNetwork(int featureSize) {
        this("classifier", "pixels", featureSize);
    }

    @Override
    public int classes() {
        return featureSize;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public Features extract(ImageBatch images) {
        FloatArray features = FloatArray.zeros(images.count(), featureSize);
        FloatArray probabilities = FloatArray.zeros(images.count(), featureSize);
        for (int i = 0; i < images.count(); i++) {
            double[] weights = new double[featureSize];
            for (int j = 0; j < featureSize; j++) {
                int pixel = images.pixels()[i * featureSize + j] & 0xFF;
                features.values()[i * featureSize + j] = pixel == 255 ? Float.NaN : pixel;
                weights[j] = Math.exp(pixel / 16.0);
            }
            double sum = Arrays.stream(weights).sum();
            for (int j = 0; j < featureSize; j++) {
                probabilities.values()[i * featureSize + j] = (float) (weights[j] / sum);
            }
        }
        return new Features(features, probabilities);
    }

    @Override
    public void close() {}
}
