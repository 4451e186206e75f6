package org.ppflow.eval.extraction;

import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.Code;

/**
 * What features follow from, and so where they are kept: never those of other pictures, another network, another preprocessing, or of other code of these. Machines that share a
 * set run the same build.
 *
 * @param network its weights and preprocessing
 * @param content hash of the pictures
 * @param count number of pictures, at least 1
 */
public record FeatureKey(NetworkIdentity network, String content, int count) {
    /** Changes when what stands in a part does. */
    private static final String FORMAT = "features 2";

    /** What makes features of pixels; metrics are changed without a pass of the network. */
    private static final String[] MAKERS = {
        "eval.classifier", "eval.feature", "eval.inception", "eval.network", "nn.graph", "nn.layer"
    };

    public FeatureKey {
        if (content.isEmpty() || count < 1) {
            throw new IllegalArgumentException(count + " pictures of content '" + content + "' have no key");
        }
    }

    /** 64 hexadecimal digits. */
    public String hash() {
        return Sha256.of(String.join(
                "\n",
                FORMAT,
                Code.hashOf(MAKERS),
                network.kind(),
                network.contentHash(),
                content,
                Integer.toString(count)));
    }
}
