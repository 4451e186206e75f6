/**
 * Between pictures and latents: codecs, the shape of what they store, and the scaling between stored latents and what a model
 * sees. May use {@code data.picture}, {@code nn.array} and {@code nn.errors}.
 *
 * <p>Legend: N rows, C picture channels, H, W picture size; S, h, w channels and size of what is stored. Pictures are uint8
 * (N, H, W, C), latents float32 (N, S, h, w), as checkpoints and shards have them.
 */
@NullMarked
package org.ppflow.data.codec;

import org.jspecify.annotations.NullMarked;
