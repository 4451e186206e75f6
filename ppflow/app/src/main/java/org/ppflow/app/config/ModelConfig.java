package org.ppflow.app.config;

import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.Transport;

/**
 * Size and kind of the diffusion transformer; latent shape and number of classes come from the data.
 *
 * @param depth number of blocks, at least 1
 * @param hidden D, a multiple of 4 and of {@code heads}
 * @param heads attention heads
 * @param mlpRatio hidden size of the feed-forward part over D
 * @param learnSigma whether the output has twice the channels, of which the second half is dropped
 * @param classDropout share of labels replaced by the null class in training, in [0, 1)
 * @param levelEmbedding whether a learned row for each level is added to the conditioning; SiT and pyramids have none
 * @param position where a coarse patch's position is taken
 * @param path from noise to data
 * @param prediction what the network predicts on it
 */
public record ModelConfig(
        int depth,
        int hidden,
        int heads,
        int mlpRatio,
        boolean learnSigma,
        double classDropout,
        boolean levelEmbedding,
        PositionAlignment position,
        ProbabilityPath path,
        Prediction prediction) {
    public ModelConfig {
        Check.atLeast("depth", depth, 1);
        Check.atLeast("heads", heads, 1);
        Check.atLeast("mlp_ratio", mlpRatio, 1);
        Check.that(hidden >= 4 && hidden % 4 == 0, "hidden", hidden + " must be a multiple of 4 (position table)");
        Check.that(hidden % heads == 0, "heads", heads + " must divide hidden, which is " + hidden);
        Check.fraction("class_dropout", classDropout);
    }

    /** What is learnt. */
    public Transport transport() {
        return new Transport(path, prediction);
    }
}
