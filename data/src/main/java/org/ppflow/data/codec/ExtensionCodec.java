package org.ppflow.data.codec;

import java.util.Optional;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.files.Sha256;

/**
 * A codec from outside. What it stores follows from its code as an autoencoder's latents do from its weights, so the code's hash stands in the same
 * place: an encode does not go on with other code, and latents are not decoded by it.
 *
 * @param codec that does the work
 * @param extension where it comes from
 */
record ExtensionCodec(Codec codec, Extension extension) implements Codec {
    @Override
    public String name() {
        return extension.name();
    }

    @Override
    public String weightsSha256() {
        return codec.weightsSha256().isEmpty()
                ? extension.sha256()
                : Sha256.of(extension.sha256() + " " + codec.weightsSha256());
    }

    @Override
    public StoredKind kind() {
        return codec.kind();
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
        return codec.encode(pictures);
    }

    @Override
    public PictureBatch decode(FloatArray latents) {
        return codec.decode(latents);
    }

    @Override
    public void close() {
        codec.close();
    }
}
