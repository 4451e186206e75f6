package org.ppflow.eval.classifier;

import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.VariableScope;
import org.ppflow.nn.layer.Activations;
import org.ppflow.nn.layer.Conv2d;
import org.ppflow.nn.layer.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The classifier's layers: three 3×3 convolutions of stride 2 with GELU (16, 32, 64 channels), a dense layer of {@value #FEATURES}
 * with GELU, which is the feature, and a dense layer to the classes. GELU, not ReLU: with ReLU training left 41 of 64 features 0
 * for every digit, which makes their covariance singular and the distance one of 23 features.
 *
 * <p>Dimensions: n pictures, H × W × C pixels.
 *
 * @param shape of pictures and classes
 */
record ClassifierNet(ClassifierShape shape, Conv2d first, Conv2d second, Conv2d third, Linear feature, Linear head) {
    /** Length of the feature vector. */
    static final int FEATURES = 64;

    private static final int KERNEL = 3;
    private static final int[] WIDTHS = {16, 32, 64};

    static ClassifierNet in(VariableScope scope, ClassifierShape shape) {
        int rows = halved(shape.height());
        int columns = halved(shape.width());
        int flat = rows * columns * WIDTHS[2];
        return new ClassifierNet(
                shape,
                Conv2d.in(scope.child("conv1"), shape.channels(), WIDTHS[0], KERNEL, 2),
                Conv2d.in(scope.child("conv2"), WIDTHS[0], WIDTHS[1], KERNEL, 2),
                Conv2d.in(scope.child("conv3"), WIDTHS[1], WIDTHS[2], KERNEL, 2),
                Linear.in(scope.child("feature"), flat, FEATURES, Initializer.heUniform(flat)),
                Linear.in(scope.child("head"), FEATURES, shape.classes(), Initializer.xavierUniform()));
    }

    /** uint8 pictures (n, H, W, C) to features (n, D). */
    Operand<TFloat32> features(Ops tf, Operand<TUint8> pictures) {
        // 0..255 -> 0..1: the zeros that convolutions add around a picture are black
        Operand<TFloat32> x = tf.math.mul(tf.dtypes.cast(pictures, TFloat32.class), tf.constant(1 / 255f));
        x = Activations.geluTanh(tf, first.apply(tf, x));
        x = Activations.geluTanh(tf, second.apply(tf, x));
        x = Activations.geluTanh(tf, third.apply(tf, x));
        // (n, H/8, W/8, 64) -> (n, flat) -> (n, D)
        Operand<TFloat32> flat =
                tf.reshape(x, tf.constant(new int[] {-1, feature.weight().shape()[1]}));
        return Activations.geluTanh(tf, feature.apply(tf, flat));
    }

    /** Features (n, D) to logits (n, K). */
    Operand<TFloat32> logits(Ops tf, Operand<TFloat32> features) {
        return head.apply(tf, features);
    }

    /** Size after three convolutions of stride 2. */
    private static int halved(int size) {
        int result = size;
        for (int i = 0; i < WIDTHS.length; i++) {
            result = (result + 1) / 2;
        }
        return result;
    }
}
