package org.ppflow.eval.inception;

import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Made-up weights of the network's shapes, for measuring its speed: normals that keep the size of activations from layer to layer (He et al. 2015), no biases. */
final class RandomWeights implements InceptionWeights {
    @Override
    public FoldedConvolution convolution(InceptionLayer layer) {
        int in = InceptionLayers.channels(layer.input());
        int window = layer.height() * layer.width() * in;
        FloatArray kernel = FloatArray.zeros(layer.height(), layer.width(), in, layer.channels());
        fill(kernel, Math.sqrt(2.0 / window), layer.node().hashCode());
        return new FoldedConvolution(kernel, FloatArray.zeros(layer.channels()));
    }

    @Override
    public FloatArray classes() {
        FloatArray weights = FloatArray.zeros(InceptionLayers.FEATURES, InceptionLayers.CLASSES);
        fill(weights, 1 / Math.sqrt(InceptionLayers.FEATURES), 0);
        return weights;
    }

    private static void fill(FloatArray array, double deviation, int seed) {
        float[] values = array.values();
        RandomStream.of(seed, Purpose.BENCHMARK, 0).fillGaussian(values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) deviation;
        }
    }
}
