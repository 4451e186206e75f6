package org.ppflow.flow.model;

import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableScope;
import org.ppflow.nn.layer.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * What one level has of its own: the projection from patches to tokens, the one back, and the position table. The last level
 * carries SiT's names ({@code x_embedder.proj}, {@code final_layer.linear}); level i from the coarsest has i + 1 behind
 * them. Position tables are {@code pos_embed.i}, or {@code pos_embed} where there is one level. The stages of a pyramid share the last
 * level's projections: each averages the latent down before they cut it, and doubles what comes back.
 *
 * @param downsampling before patches are cut
 * @param patchify how this level cuts
 * @param weight [D, C·a·b, P, Q], a convolution's weight as published
 * @param bias [D]
 * @param output D → P·Q·K·a·b, with K output channels
 * @param positions [1, L, D], fixed
 */
record LevelProjections(
        Downsampling downsampling,
        Patchify patchify,
        Variable weight,
        Variable bias,
        Linear output,
        Variable positions) {
    static LevelProjections in(VariableScope scope, DitConfig config, LevelSchedule schedule, int level) {
        Downsampling downsampling = new Downsampling(schedule.reduction(level), config.height(), config.width());
        Patchify patchify = Patchify.of(
                schedule.projected(level), schedule.finestPatch(), downsampling.rows(), downsampling.columns());
        String suffix = schedule.representation().isPyramid() ? "" : TensorNames.suffix(level, schedule.count());
        VariableScope embedder = scope.child("x_embedder").child("proj" + suffix);
        int patchChannels = config.channels() * patchify.unshuffled();
        VariableScope table = schedule.count() == 1 ? scope : scope.child("pos_embed");
        return new LevelProjections(
                downsampling,
                patchify,
                embedder.trainable(
                        "weight",
                        Initializer.xavierUniform(),
                        config.hidden(),
                        patchChannels,
                        patchify.base().rows(),
                        patchify.base().columns()),
                embedder.trainable("bias", Initializer.zeros(), config.hidden()),
                Linear.in(
                        scope.child("final_layer").child("linear" + suffix),
                        config.hidden(),
                        patchify.patch().area() * config.outputChannels(),
                        Initializer.zeros()),
                table.fixed(
                        schedule.count() == 1 ? "pos_embed" : Integer.toString(level),
                        Initializer.fixed(
                                PositionTable.of(config, schedule.level(level).patch(), schedule.finestPatch())),
                        1,
                        patchify.tokens(),
                        config.hidden()));
    }

    /** (n, C, H, W) to tokens with positions, (n, L, D). */
    Operand<TFloat32> embed(Ops tf, Operand<TFloat32> images, DitConfig config) {
        int hidden = config.hidden();
        Operand<TFloat32> patches =
                patchify.tokens(tf, downsampling.down(tf, images, config.channels()), config.channels());
        // [D, C·a·b, P, Q] -> [D, P, Q, C·a·b] -> [D, P·Q·C·a·b]: a token's own order
        Operand<TFloat32> flat = tf.reshape(
                tf.linalg.transpose(weight.value(), tf.constant(new int[] {0, 2, 3, 1})),
                tf.constant(new int[] {hidden, -1}));
        // (n·L, P·Q·C·a·b) -> (n·L, D) -> (n, L, D)
        Operand<TFloat32> projected =
                tf.nn.biasAdd(tf.linalg.matMul(patches, flat, MatMul.transposeB(true)), bias.value());
        return tf.math.add(
                tf.reshape(projected, tf.constant(new int[] {-1, patchify.tokens(), hidden})), positions.value());
    }

    /** The final layer's tokens, (n·L, P·Q·K·a·b), to the velocity (n, C, H, W). */
    Operand<TFloat32> assemble(Ops tf, Operand<TFloat32> tokens, DitConfig config) {
        Operand<TFloat32> images = patchify.images(tf, tokens, config.outputChannels());
        Operand<TFloat32> velocity = config.learnSigma()
                ? tf.slice(images, tf.constant(new int[] {0, 0, 0, 0}), tf.constant(new int[] {
                    -1, config.channels(), -1, -1
                }))
                : images;
        return downsampling.up(tf, velocity, config.channels());
    }
}
