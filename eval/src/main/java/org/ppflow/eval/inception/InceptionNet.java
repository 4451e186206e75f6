package org.ppflow.eval.inception;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Builds the network of the table's layers. TensorFlow makes each convolution, its bias and its ReLU one operation. Weights are variables: as
 * constants of the graph they were copied over and over while it was prepared, 0.8 GB more at the peak and no faster.
 *
 * <p>Differs from the graph: where a 1 × 1 convolution follows an average pool, the pool comes after it. Both are linear, one over pixels
 * and one over channels, and a mean leaves the bias as it is, so the result is the same; but the pool then sees a quarter of the channels
 * or fewer. (Joining the 1 × 1 convolutions of one input was slower: what it saves, splitting costs.)
 */
final class InceptionNet {
    static final String WEIGHT = "weight";
    static final String BIAS = "bias";

    private final Ops tf;
    private final VariableScope scope;
    private final Map<String, InceptionLayer> table = new HashMap<>();
    private final Map<String, Operand<TFloat32>> outputs = new HashMap<>();

    private InceptionNet(Ops tf, VariableScope scope) {
        this.tf = tf;
        this.scope = scope;
        InceptionLayers.all().forEach(layer -> table.put(layer.node(), layer));
    }

    /**
     * Adds all layers.
     *
     * @param scope gets the variables {@code TORCH.weight} [height, width, in, out] and {@code TORCH.bias} of each convolution
     * @param pictures (n, H, W, 3)
     * @return outputs by node; the average pools within blocks are not among them, see above
     */
    static Map<String, Operand<TFloat32>> build(Ops tf, VariableScope scope, Operand<TUint8> pictures) {
        InceptionNet net = new InceptionNet(tf, scope);
        // (n, H, W, 3) -> (n, 299, 299, 3), 0 to 255
        Operand<TFloat32> resized =
                tf.image.resizeBilinear(pictures, tf.constant(new int[] {InceptionLayers.SIDE, InceptionLayers.SIDE}));
        // -1 to 0.992
        net.outputs.put(
                InceptionLayers.SCALED, tf.math.mul(tf.math.sub(resized, tf.constant(128f)), tf.constant(0.0078125f)));
        for (InceptionLayer layer : InceptionLayers.all()) {
            if (!net.isPostponed(layer)) {
                net.outputs.put(layer.node(), net.add(layer));
            }
        }
        return net.outputs;
    }

    /** Whether it is an average pool that comes after the convolution behind it. */
    private boolean isPostponed(InceptionLayer layer) {
        return layer.kind() == InceptionLayer.Kind.AVERAGE_POOL
                && layer.padded()
                && InceptionLayers.all().stream()
                        .filter(other -> other.inputs().contains(layer.node()))
                        .allMatch(InceptionLayer::isPointwise);
    }

    private Operand<TFloat32> add(InceptionLayer layer) {
        return switch (layer.kind()) {
            case CONVOLUTION -> convolution(layer);
            case MAX_POOL ->
                tf.nn.maxPool(
                        output(layer.input()),
                        tf.constant(new int[] {1, layer.height(), layer.width(), 1}),
                        tf.constant(new int[] {1, layer.stride(), layer.stride(), 1}),
                        layer.padding());
            case AVERAGE_POOL -> averagePool(output(layer.input()), layer);
            case CONCAT -> tf.concat(layer.inputs().stream().map(this::output).toList(), tf.constant(3));
        };
    }

    private Operand<TFloat32> convolution(InceptionLayer layer) {
        @Nullable InceptionLayer before = table.get(layer.input());
        if (before != null && isPostponed(before)) {
            return tf.nn.relu(averagePool(linear(layer, output(before.input())), before));
        }
        return tf.nn.relu(linear(layer, output(layer.input())));
    }

    private Operand<TFloat32> linear(InceptionLayer layer, Operand<TFloat32> x) {
        VariableScope own = scope.child(layer.torch());
        int in = InceptionLayers.channels(layer.input());
        Variable kernel = own.fixed(WEIGHT, Initializer.zeros(), layer.height(), layer.width(), in, layer.channels());
        Variable bias = own.fixed(BIAS, Initializer.zeros(), layer.channels());
        // (n, h, w, in) -> (n, h', w', out)
        Operand<TFloat32> y = tf.nn.conv2d(
                x, kernel.value(), List.of(1L, (long) layer.stride(), (long) layer.stride(), 1L), layer.padding());
        return tf.nn.biasAdd(y, bias.value());
    }

    private Operand<TFloat32> averagePool(Operand<TFloat32> x, InceptionLayer layer) {
        return tf.nn.avgPool(
                x,
                List.of(1L, (long) layer.height(), (long) layer.width(), 1L),
                List.of(1L, (long) layer.stride(), (long) layer.stride(), 1L),
                layer.padding());
    }

    private Operand<TFloat32> output(String node) {
        @Nullable Operand<TFloat32> output = outputs.get(node);
        if (output == null) {
            throw new IllegalStateException("the table names " + node + " before it is there");
        }
        return output;
    }
}
