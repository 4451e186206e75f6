package org.ppflow.data.codec;

import java.util.Optional;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;

/** The pixels themselves, on [−1, 1]. No shift, scale 1. */
public final class PixelsCodec implements Codec {
    /** Its name. */
    public static final String NAME = "pixels";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LatentShape storedShape(int channels, int height, int width) {
        return new LatentShape(channels, height, width);
    }

    @Override
    public Optional<LatentScaling> fixedScaling(int channels) {
        return Optional.of(LatentScaling.unshifted(channels, 1));
    }

    @Override
    public FloatArray encode(PictureBatch pictures) {
        return PixelRange.toUnit(pictures);
    }

    @Override
    public PictureBatch decode(FloatArray latents) {
        if (latents.shape().length != 4) {
            throw new IllegalArgumentException(latents + " must be (N, C, h, w)");
        }
        return PixelRange.toBytes(latents);
    }
}
