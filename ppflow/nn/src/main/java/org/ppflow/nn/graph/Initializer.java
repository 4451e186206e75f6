package org.ppflow.nn.graph;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.RandomStream;

/** The values a variable starts with, as a pure function of its random stream and shape. */
@FunctionalInterface
public interface Initializer {
    /**
     * Computes the values, row-major.
     *
     * @param stream the stream of this variable's (seed, name)
     * @param shape axis lengths
     */
    float[] values(RandomStream stream, int... shape);

    /** All 0. */
    static Initializer zeros() {
        return (stream, shape) -> new float[Math.toIntExact(FloatArray.size(shape))];
    }

    /** Normal with mean 0. */
    static Initializer normal(double standardDeviation) {
        return (stream, shape) -> {
            float[] values = new float[Math.toIntExact(FloatArray.size(shape))];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (standardDeviation * stream.nextGaussian());
            }
            return values;
        };
    }

    /**
     * Uniform in ±√(6 / (fan in + fan out)), Glorot and Bengio 2010, on the matrix that is left when all axes but the first
     * are flattened: fan out is the first axis, fan in the product of the others.
     */
    static Initializer xavierUniform() {
        return (stream, shape) -> {
            long fanOut = shape[0];
            long fanIn = FloatArray.size(shape) / Math.max(1, fanOut);
            return uniform(stream, Math.sqrt(6.0 / (fanIn + fanOut)), shape);
        };
    }

    /**
     * Uniform in ±√(6 / fan in), He et al. 2015, for layers before a ReLU.
     *
     * @param fanIn number of inputs that one output sums over
     */
    static Initializer heUniform(int fanIn) {
        return (stream, shape) -> uniform(stream, Math.sqrt(6.0 / fanIn), shape);
    }

    /** The same array every time; its shape must be the variable's. */
    static Initializer fixed(FloatArray array) {
        return (stream, shape) -> {
            if (!Arrays.equals(shape, array.shape())) {
                throw new IllegalArgumentException(
                        "a variable of shape " + Arrays.toString(shape) + " cannot start as " + array);
            }
            return array.values();
        };
    }

    private static float[] uniform(RandomStream stream, double bound, int... shape) {
        float[] values = new float[Math.toIntExact(FloatArray.size(shape))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * stream.nextDouble() - 1));
        }
        return values;
    }
}
