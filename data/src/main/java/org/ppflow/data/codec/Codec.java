package org.ppflow.data.codec;

import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.array.FloatArray;

/**
 * Turns pictures into latents and back. Latents here are as the codec makes them, before a data set's shift and scale.
 *
 * <p>Dimensions: N pictures of H × W × C, latents of c × h × w.
 */
public interface Codec {
    /** Name in configs and manifests. */
    String name();

    /**
     * Latent shape of pictures of a size.
     *
     * @return {c, h, w}
     * @throws IllegalArgumentException if it cannot take pictures of that size
     */
    int[] latentShape(int height, int width, int channels);

    /** Encodes: uint8 pictures to [N, c, h, w]. */
    FloatArray encode(PictureSet pictures);

    /**
     * Decodes, cutting off what lies outside the range of pixels.
     *
     * @param latents [N, c, h, w]
     * @return uint8 pixels, N · H · W · C
     */
    byte[] decode(FloatArray latents);
}
