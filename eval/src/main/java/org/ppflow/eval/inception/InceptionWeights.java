package org.ppflow.eval.inception;

import java.io.IOException;
import org.ppflow.nn.array.FloatArray;

/** Where the network's weights come from. */
interface InceptionWeights {
    /** Weights of a convolution of the table, of exactly its shape. */
    FoldedConvolution convolution(InceptionLayer layer) throws IOException;

    /** [{@value InceptionLayers#FEATURES}, {@value InceptionLayers#CLASSES}]: {@code pool_3} times this gives logits without bias. */
    FloatArray classes() throws IOException;
}
