package org.ppflow.eval.inception;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.Torch;
import org.tensorflow.proto.NodeDef;

/** Writes the weights of a graph as pytorch-fid's state dict has them. */
final class StateDict {
    private StateDict() {}

    /** All tensors. */
    static List<TensorSource> of(InceptionGraph graph, GraphWeights weights) {
        List<TensorSource> tensors = new ArrayList<>();
        for (InceptionLayer layer : InceptionLayers.convolutions()) {
            NodeDef convolution = graph.require(layer.node() + "/Conv2D", "Conv2D");
            NodeDef norm = graph.require(layer.node() + "/batchnorm", "BatchNormWithGlobalNormalization");
            String torch = layer.torch();
            tensors.add(
                    TensorSource.floats(torch + ".conv.weight", outermost(weights.stored(convolution.getInput(1)))));
            tensors.add(TensorSource.floats(torch + ".bn.running_mean", weights.stored(norm.getInput(1))));
            tensors.add(TensorSource.floats(torch + ".bn.running_var", weights.stored(norm.getInput(2))));
            tensors.add(TensorSource.floats(torch + ".bn.bias", weights.stored(norm.getInput(3))));
            tensors.add(TensorSource.floats(torch + ".bn.weight", weights.stored(norm.getInput(4))));
            tensors.add(TensorSource.longs(torch + ".bn.num_batches_tracked", new int[0], 0));
        }
        FloatArray classes = weights.classes();
        FloatArray turned = outermost(classes.reshaped(1, 1, classes.shape()[0], classes.shape()[1]));
        tensors.add(TensorSource.floats("fc.weight", turned.reshaped(turned.shape()[0], turned.shape()[1])));
        tensors.add(TensorSource.floats("fc.bias", FloatArray.zeros(turned.shape()[0])));
        return tensors;
    }

    static Path write(Path file, List<TensorSource> tensors) throws IOException {
        Torch.write(file, tensors);
        return file;
    }

    /** [height, width, in, out] to [out, in, height, width]. */
    private static FloatArray outermost(FloatArray kernel) {
        int[] shape = kernel.shape();
        FloatArray turned = FloatArray.zeros(shape[3], shape[2], shape[0], shape[1]);
        int at = 0;
        for (int o = 0; o < shape[3]; o++) {
            for (int i = 0; i < shape[2]; i++) {
                for (int h = 0; h < shape[0]; h++) {
                    for (int w = 0; w < shape[1]; w++) {
                        turned.values()[at++] = kernel.values()[((h * shape[1] + w) * shape[2] + i) * shape[3] + o];
                    }
                }
            }
        }
        return turned;
    }
}
