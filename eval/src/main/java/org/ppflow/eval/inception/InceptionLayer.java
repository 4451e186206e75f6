package org.ppflow.eval.inception;

import java.util.List;

/**
 * One layer of the network.
 *
 * @param kind what it does
 * @param node its name in the graph of 2015
 * @param height of the kernel or window; 1 for a concat
 * @param width of the kernel or window; 1 for a concat
 * @param stride pixels between outputs, both ways; 1 for a concat
 * @param padded whether zeros around the border keep the size at stride 1 ({@code SAME}); otherwise only whole windows count ({@code VALID})
 * @param channels of the output of a convolution; 0 where the inputs decide
 * @param torch its module in pytorch-fid's network; empty but for convolutions
 * @param inputs nodes; one, or the parts of a concat in order
 */
record InceptionLayer(
        Kind kind,
        String node,
        int height,
        int width,
        int stride,
        boolean padded,
        int channels,
        String torch,
        List<String> inputs) {
    /** What a layer does. */
    enum Kind {
        /** Convolution without bias, batch norm, ReLU. */
        CONVOLUTION,
        /** Largest value of a window. */
        MAX_POOL,
        /** Mean of a window, padding not counted. */
        AVERAGE_POOL,
        /** Channels one after the other. */
        CONCAT
    }

    InceptionLayer {
        inputs = List.copyOf(inputs);
        if (height < 1 || width < 1 || stride < 1 || inputs.isEmpty()) {
            throw new IllegalArgumentException("layer " + node + " cannot be");
        }
        if (kind == Kind.CONVOLUTION && (channels < 1 || torch.isEmpty())) {
            throw new IllegalArgumentException("convolution " + node + " has no channels or no torch name");
        }
        if (kind != Kind.CONCAT && inputs.size() != 1) {
            throw new IllegalArgumentException(node + " has " + inputs.size() + " inputs");
        }
    }

    boolean isConvolution() {
        return kind == Kind.CONVOLUTION;
    }

    /** The only input. */
    String input() {
        return inputs.get(0);
    }

    /** TensorFlow's word. */
    String padding() {
        return padded ? "SAME" : "VALID";
    }

    /** Whether it mixes channels alone. */
    boolean isPointwise() {
        return isConvolution() && height == 1 && width == 1 && stride == 1;
    }
}
