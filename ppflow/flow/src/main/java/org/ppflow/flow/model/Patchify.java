package org.ppflow.flow.model;

import org.ppflow.flow.level.PatchSize;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cuts latents into tokens and puts tokens together again; each is the exact inverse of the other.
 *
 * <p>The published networks see a coarse patch as pixel-unshuffle by (a, b), then a base patch of P × Q: pixel (p·a + i, q·b + j)
 * of channel c is entry ((p·Q + q)·C + c)·a·b + i·b + j of the token, that is (p, q, channel) with the level's channel
 * c·a·b + i·b + j fastest.
 *
 * <p>Dimensions: n images, C channels, H × W pixels, h × w patches, L = h·w tokens.
 *
 * @param patch the level's patch, P·a × Q·b
 * @param base P × Q: the finest patch of the schedule where that divides the level's patch, else the patch itself
 * @param height H
 * @param width W
 */
record Patchify(PatchSize patch, PatchSize base, int height, int width) {
    static Patchify of(PatchSize patch, PatchSize finest, int height, int width) {
        return new Patchify(patch, patch.isMultipleOf(finest) ? finest : patch, height, width);
    }

    Patchify {
        if (!patch.tiles(height, width)) {
            throw new IllegalArgumentException("patch: " + patch + " does not divide latent " + height + "x" + width);
        }
        if (!patch.isMultipleOf(base)) {
            throw new IllegalArgumentException("base: " + base + " does not divide the patch " + patch);
        }
    }

    /** L. */
    int tokens() {
        return patch.tokens(height, width);
    }

    /** a·b: how many channels of the level one channel of the latent becomes. */
    int unshuffled() {
        return patch.area() / base.area();
    }

    /** Cuts: (n, C, H, W) to (n·L, P·Q·C·a·b). */
    Operand<TFloat32> tokens(Ops tf, Operand<TFloat32> images, int channels) {
        int down = patch.rows() / base.rows();
        int across = patch.columns() / base.columns();
        // (n, C, H, W) -> (n, C, h, P, a, w, Q, b)
        Operand<TFloat32> split = tf.reshape(
                images,
                tf.constant(new int[] {-1, channels, rows(), base.rows(), down, columns(), base.columns(), across}));
        // -> (n, h, w, P, Q, C, a, b) -> (n·L, P·Q·C·a·b)
        return tf.reshape(
                tf.linalg.transpose(split, tf.constant(new int[] {0, 2, 5, 3, 6, 1, 4, 7})),
                tf.constant(new int[] {-1, patch.area() * channels}));
    }

    /** Puts together: (n·L, P·Q·C·a·b) to (n, C, H, W). */
    Operand<TFloat32> images(Ops tf, Operand<TFloat32> tokens, int channels) {
        int down = patch.rows() / base.rows();
        int across = patch.columns() / base.columns();
        // (n·L, P·Q·C·a·b) -> (n, h, w, P, Q, C, a, b)
        Operand<TFloat32> split = tf.reshape(
                tokens,
                tf.constant(new int[] {-1, rows(), columns(), base.rows(), base.columns(), channels, down, across}));
        // -> (n, C, h, P, a, w, Q, b) -> (n, C, H, W)
        return tf.reshape(
                tf.linalg.transpose(split, tf.constant(new int[] {0, 5, 1, 3, 6, 2, 4, 7})),
                tf.constant(new int[] {-1, channels, height, width}));
    }

    private int rows() {
        return height / patch.rows();
    }

    private int columns() {
        return width / patch.columns();
    }
}
