package org.ppflow.data.encode;

import java.util.Optional;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.HaarCodec;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;

/** Another codec that fails after some calls, as if the process had been stopped there. */
final class StoppingCodec implements Codec {
    private final int limit;
    private final Codec codec;
    int calls;

    StoppingCodec(int limit) {
        this(limit, new HaarCodec());
    }

    StoppingCodec(int limit, Codec codec) {
        this.limit = limit;
        this.codec = codec;
    }

    @Override
    public String name() {
        return codec.name();
    }

    @Override
    public LatentShape storedShape(int channels, int height, int width) {
        return codec.storedShape(channels, height, width);
    }

    @Override
    public Optional<LatentScaling> fixedScaling(int channels) {
        return codec.fixedScaling(channels);
    }

    @Override
    public FloatArray encode(PictureBatch pictures) {
        if (calls == limit) {
            throw new IllegalStateException("stopped");
        }
        calls++;
        return codec.encode(pictures);
    }

    @Override
    public PictureBatch decode(FloatArray latents) {
        return codec.decode(latents);
    }
}
