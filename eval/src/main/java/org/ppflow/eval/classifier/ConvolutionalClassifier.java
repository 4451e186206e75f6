package org.ppflow.eval.classifier;

import org.ppflow.eval.images.ImageFormat;
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
 * The network: three 3×3 convolutions of stride 2 with GELU, a layer of features with GELU, a layer of logits. GELU rather than
 * ReLU, since a unit that is never positive would make the covariance of features singular.
 *
 * <p>Dimensions: n pictures, H × W × C pixels, F = {@value #FEATURES} features.
 */
final class ConvolutionalClassifier {
    /** Number of features. */
    static final int FEATURES = 64;

    private static final int[] CHANNELS = {16, 32, 64};

    private final Conv2d[] convolutions = new Conv2d[CHANNELS.length];
    private final Linear features;
    private final Linear logits;
    private final int flattened;

    /** What it says of some pictures: features [n, F] and logits [n, classes]. */
    record Output(Operand<TFloat32> features, Operand<TFloat32> logits) {}

    /** Gets or creates its variables. */
    ConvolutionalClassifier(VariableScope scope, ImageFormat format, int classes) {
        int inputs = format.channels();
        int height = format.height();
        int width = format.width();
        for (int i = 0; i < CHANNELS.length; i++) {
            convolutions[i] = Conv2d.in(scope.child("conv" + (i + 1)), inputs, CHANNELS[i], 3, 2);
            inputs = CHANNELS[i];
            height = (height + 1) / 2;
            width = (width + 1) / 2;
        }
        this.flattened = height * width * inputs;
        this.features = Linear.in(scope.child("features"), flattened, FEATURES, Initializer.heUniform(flattened));
        this.logits = Linear.in(scope.child("logits"), FEATURES, classes, Initializer.xavierUniform());
    }

    /** Applies it to uint8 pictures (n, H, W, C). */
    Output forward(Ops tf, Operand<TUint8> pictures) {
        // uint8 0..255 -> [0, 1]
        Operand<TFloat32> x = tf.math.mul(tf.dtypes.cast(pictures, TFloat32.class), tf.constant(1 / 255f));
        for (Conv2d convolution : convolutions) {
            // (n, h, w, c) -> (n, h/2, w/2, c')
            x = Activations.geluTanh(tf, convolution.apply(tf, x));
        }
        // (n, h, w, c) -> (n, h·w·c) -> (n, F) -> (n, classes)
        Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, flattened}));
        Operand<TFloat32> feature = Activations.geluTanh(tf, features.apply(tf, flat));
        return new Output(feature, logits.apply(tf, feature));
    }
}
