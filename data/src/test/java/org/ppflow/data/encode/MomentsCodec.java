package org.ppflow.data.encode;

import java.util.List;
import java.util.Optional;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;

/** A variational codec without a network: means are the corner pixels of 2×2 squares, deviations are small and known. */
public final class MomentsCodec implements Codec {
    /** Logarithm of the variance of every value. */
    public static final float LOG_VARIANCE = -6;

    @Override
    public String name() {
        return "moments";
    }

    @Override
    public StoredKind kind() {
        return StoredKind.MOMENTS;
    }

    @Override
    public LatentShape storedShape(int channels, int height, int width) {
        return new LatentShape(2 * channels, height / 2, width / 2);
    }

    @Override
    public Optional<LatentScaling> fixedScaling(int channels) {
        return Optional.of(new LatentScaling(List.copyOf(java.util.Collections.nCopies(channels, 0.0)), 0.18215));
    }

    @Override
    public FloatArray encode(PictureBatch pictures) {
        LatentShape shape = storedShape(pictures.channels(), pictures.height(), pictures.width());
        FloatArray moments = FloatArray.zeros(pictures.count(), shape.channels(), shape.height(), shape.width());
        int at = 0;
        for (int n = 0; n < pictures.count(); n++) {
            for (int c = 0; c < shape.channels(); c++) {
                for (int y = 0; y < shape.height(); y++) {
                    for (int x = 0; x < shape.width(); x++) {
                        int pixel = ((n * pictures.height() + 2 * y) * pictures.width() + 2 * x) * pictures.channels();
                        moments.values()[at++] =
                                c < pictures.channels() ? (pictures.pixels()[pixel + c] & 0xFF) / 16f : LOG_VARIANCE;
                    }
                }
            }
        }
        return moments;
    }

    @Override
    public PictureBatch decode(FloatArray latents) {
        throw new UnsupportedOperationException("no test decodes");
    }
}
