package org.ppflow.eval.inception;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.session.GraphSession;

/** Gives {@link InceptionNet}'s variables their values; holds one folded layer, since its bias and its weight are asked for in turn. */
final class FoldedWeights implements GraphSession.ValueSource {
    /** The weights of classes. */
    static final String CLASSES = "fc." + InceptionNet.WEIGHT;

    private final InceptionWeights weights;
    private final Map<String, InceptionLayer> layers = new HashMap<>();
    private @Nullable FoldedConvolution folded;
    private String foldedModule = "";

    FoldedWeights(InceptionWeights weights) {
        this.weights = weights;
        InceptionLayers.convolutions().forEach(layer -> layers.put(layer.torch(), layer));
    }

    @Override
    public void writeTo(Variable variable, Consumer<FloatBuffer> target) throws IOException {
        if (variable.name().equals(CLASSES)) {
            target.accept(FloatBuffer.wrap(weights.classes().values()));
            return;
        }
        int end = variable.name().lastIndexOf('.');
        FoldedConvolution convolution = folded(variable.name().substring(0, end));
        boolean bias = variable.name().endsWith('.' + InceptionNet.BIAS);
        target.accept(FloatBuffer.wrap((bias ? convolution.bias() : convolution.kernel()).values()));
    }

    private FoldedConvolution folded(String module) throws IOException {
        @Nullable FoldedConvolution last = folded;
        if (last != null && foldedModule.equals(module)) {
            return last;
        }
        @Nullable InceptionLayer layer = layers.get(module);
        if (layer == null) {
            throw new IllegalArgumentException("no convolution " + module);
        }
        FoldedConvolution next = weights.convolution(layer);
        folded = next;
        foldedModule = module;
        return next;
    }
}
