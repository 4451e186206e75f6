package org.ppflow.eval.inception;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

/**
 * The weights of pytorch-fid's {@code pt_inception-2015-12-05-6726825d.pth}, a state dict, or of the same tensors in safetensors. Reads a
 * layer at a time. Convolutions are [out, in, height, width] there, the classes [K, D]; names end in {@code .conv.weight} and
 * {@code .bn.weight}, {@code .bn.bias}, {@code .bn.running_mean}, {@code .bn.running_var}.
 */
final class TorchWeights implements InceptionWeights, AutoCloseable {
    private final TensorFile file;

    private TorchWeights(TensorFile file) {
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @throws BadInputException if it holds other tensors
     */
    static TorchWeights open(Path path) throws IOException {
        TensorFile file = TensorFiles.open(path);
        try {
            for (InceptionLayer layer : InceptionLayers.convolutions()) {
                require(file, layer.torch() + ".conv.weight");
            }
            require(file, "fc.weight");
            return new TorchWeights(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void require(TensorFile file, String name) throws IOException {
        if (!file.contains(name)) {
            throw BadInputException.at(file.path().toString())
                    .found(file.names().size() + " tensors without '" + name + "'")
                    .expected("the state dict of pytorch-fid's Inception, pt_inception-2015-12-05-6726825d.pth")
                    .advice("torchvision's own Inception is another network")
                    .build();
        }
    }

    @Override
    public FoldedConvolution convolution(InceptionLayer layer) throws IOException {
        String norm = layer.torch() + ".bn.";
        int out = layer.channels();
        int in = InceptionLayers.channels(layer.input());
        FloatArray kernel = read(layer.torch() + ".conv.weight", out, in, layer.height(), layer.width());
        return FoldedConvolution.of(
                turned(kernel),
                new FoldedConvolution.BatchNorm(
                        read(norm + "running_mean", out),
                        read(norm + "running_var", out),
                        read(norm + "bias", out),
                        Optional.of(read(norm + "weight", out)),
                        FoldedConvolution.EPSILON));
    }

    @Override
    public FloatArray classes() throws IOException {
        FloatArray weight = read("fc.weight", InceptionLayers.CLASSES, InceptionLayers.FEATURES);
        // (K, D) -> (K, D, 1, 1) -> (1, 1, D, K) -> (D, K)
        return turned(weight.reshaped(InceptionLayers.CLASSES, InceptionLayers.FEATURES, 1, 1))
                .reshaped(InceptionLayers.FEATURES, InceptionLayers.CLASSES);
    }

    /** [out, in, height, width] to [height, width, in, out]. */
    private static FloatArray turned(FloatArray kernel) {
        int out = kernel.shape()[0];
        int in = kernel.shape()[1];
        int height = kernel.shape()[2];
        int width = kernel.shape()[3];
        int pixels = height * width;
        float[] from = kernel.values();
        float[] to = new float[from.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int p = 0; p < pixels; p++) {
                    to[(p * in + i) * out + o] = from[(o * in + i) * pixels + p];
                }
            }
        }
        return new FloatArray(new int[] {height, width, in, out}, to);
    }

    private FloatArray read(String name, int... shape) throws IOException {
        require(file, name);
        FloatArray value = file.floats(name);
        if (!Arrays.equals(value.shape(), shape)) {
            throw BadInputException.at(file.path() + ": " + name)
                    .found("shape " + Arrays.toString(value.shape()))
                    .expected("shape " + Arrays.toString(shape))
                    .build();
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
