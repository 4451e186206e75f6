package org.ppflow.eval.inception;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** From the network's two layers to what metrics take, the same in both forms. */
final class InceptionOutputs {
    private InceptionOutputs() {}

    /**
     * Adds them to a graph.
     *
     * @param pool {@code pool_3} (n, 1, 1, D)
     * @param block {@code mixed_6/conv} (n, 17, 17, 192)
     * @param classes (D, K)
     */
    static Inception.Endpoints of(Ops tf, Operand<TFloat32> pool, Operand<TFloat32> block, Operand<TFloat32> classes) {
        // (n, 1, 1, D) -> (n, D)
        Operand<TFloat32> features = tf.reshape(pool, tf.constant(new int[] {-1, InceptionLayers.FEATURES}));
        // (n, 17, 17, 192) -> (n, 17, 17, 7) -> (n, S)
        Operand<TFloat32> first = tf.slice(block, tf.constant(new int[] {0, 0, 0, 0}), tf.constant(new int[] {
            -1, -1, -1, InceptionLayers.SPATIAL_CHANNELS
        }));
        Operand<TFloat32> spatial = tf.reshape(first, tf.constant(new int[] {-1, InceptionLayers.SPATIAL}));
        // (n, D) -> (n, K)
        Operand<TFloat32> probabilities = tf.nn.softmax(tf.linalg.matMul(features, classes));
        return new Inception.Endpoints(features, spatial, probabilities);
    }
}
