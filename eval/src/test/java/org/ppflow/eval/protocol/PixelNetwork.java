package org.ppflow.eval.protocol;

import java.util.Arrays;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.ImageFeatures;
import org.ppflow.eval.feature.NetworkKind;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageFormat;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/** Without weights: features are the pixels, probabilities those of a softmax over pixels / 16. */
record PixelNetwork(ImageFormat format, NetworkKind kind, int batchSize) implements FeatureNetwork {
    @Override
    public String name() {
        return "pixels";
    }

    @Override
    public String contentHash() {
        return Sha256.of("pixels");
    }

    @Override
    public int featureSize() {
        return format.bytes();
    }

    @Override
    public int classCount() {
        return format.bytes();
    }

    @Override
    public void requireFits(ImageFormat given, String where) {
        if (!given.equals(format)) {
            throw BadInputException.at(where)
                    .found("pictures of " + given)
                    .expected(format.toString())
                    .build();
        }
    }

    @Override
    public ImageFeatures describe(ImageBatch images) {
        int size = format.bytes();
        FloatArray features = FloatArray.zeros(images.count(), size);
        FloatArray probabilities = FloatArray.zeros(images.count(), size);
        for (int i = 0; i < images.count(); i++) {
            double[] weights = new double[size];
            for (int j = 0; j < size; j++) {
                int pixel = images.pixels()[i * size + j] & 0xFF;
                features.values()[i * size + j] = pixel;
                weights[j] = Math.exp(pixel / 16.0);
            }
            double sum = Arrays.stream(weights).sum();
            for (int j = 0; j < size; j++) {
                probabilities.values()[i * size + j] = (float) (weights[j] / sum);
            }
        }
        return new ImageFeatures(features, probabilities);
    }

    @Override
    public void close() {}
}
