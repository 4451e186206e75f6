package org.ppflow.data.arrow;

import java.util.List;
import java.util.Objects;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;

/**
 * What all shards of a data set have in common. Every shard carries it in its schema, so that a shard says by itself what it
 * is and an encode that goes on can tell whether a shard is its own.
 *
 * @param stored latents, or moments of a posterior
 * @param valueType type of the numbers
 * @param shape [S, h, w] of a stored row
 * @param mirror whether the mirrored pictures are stored as well: a property of the pictures
 * @param autoencoder name of the codec
 * @param autoencoderSha256 hash of its weights, or of its code where that is an extension's; empty where it has neither
 * @param shift of each latent channel: the model sees (z − shift)·scale
 * @param scale one factor for all channels
 * @param imageSize side of the pictures, pixels; {@link #UNKNOWN_SIZE} of imported latents for which nobody said it
 * @param imageChannels 1 or 3
 * @param crop how pictures came to that size
 * @param classNames by label
 * @param source name of the source
 * @param sourceSha256 its content
 * @param split which of its rows
 */
public record DatasetDescription(
        StoredKind stored,
        ValueType valueType,
        List<Integer> shape,
        boolean mirror,
        String autoencoder,
        String autoencoderSha256,
        List<Double> shift,
        double scale,
        int imageSize,
        int imageChannels,
        String crop,
        List<String> classNames,
        String source,
        String sourceSha256,
        Split split) {
    /** Side of pictures that nobody said. Shards and manifests have it as it is. */
    public static final int UNKNOWN_SIZE = 0;

    public DatasetDescription {
        Objects.requireNonNull(stored);
        Objects.requireNonNull(valueType);
        Objects.requireNonNull(autoencoder);
        Objects.requireNonNull(autoencoderSha256);
        Objects.requireNonNull(crop);
        Objects.requireNonNull(source);
        Objects.requireNonNull(sourceSha256);
        Objects.requireNonNull(split);
        shape = List.copyOf(shape);
        shift = List.copyOf(shift);
        classNames = List.copyOf(classNames);
        if (imageSize < UNKNOWN_SIZE) {
            throw new IllegalArgumentException("image size " + imageSize + " must be positive, or 0 for unknown");
        }
        if (shape.size() != 3) {
            throw new IllegalArgumentException("shape " + shape + " must be [channels, height, width]");
        }
        LatentShape row = new LatentShape(shape.get(0), shape.get(1), shape.get(2));
        int channels = new LatentScaling(shift, scale).shift().size();
        if (channels != stored.latentChannels(row.channels())) {
            throw new IllegalArgumentException("shift " + shift + " must have one value for each of "
                    + stored.latentChannels(row.channels()) + " channels");
        }
    }

    /** Shape of a stored row. */
    public LatentShape storedShape() {
        return new LatentShape(shape.get(0), shape.get(1), shape.get(2));
    }

    /** Shape of a latent as the model sees it. */
    public LatentShape latentShape() {
        return new LatentShape(stored.latentChannels(shape.get(0)), shape.get(1), shape.get(2));
    }

    /** From stored latents to what the model sees. */
    public LatentScaling scaling() {
        return new LatentScaling(shift, scale);
    }

    /**
     * The scaling that latents measured again would have: this one, where they are of as many channels; of others it says nothing but the scale.
     *
     * @param channels of those latents
     */
    public LatentScaling scalingFor(int channels) {
        return latentShape().channels() == channels ? scaling() : LatentScaling.unshifted(channels, scale);
    }

    /** The same of pictures of another size. */
    public DatasetDescription withImageSize(int size) {
        return new DatasetDescription(
                stored,
                valueType,
                shape,
                mirror,
                autoencoder,
                autoencoderSha256,
                shift,
                scale,
                size,
                imageChannels,
                crop,
                classNames,
                source,
                sourceSha256,
                split);
    }

    /** The same with another scaling. */
    public DatasetDescription withScaling(LatentScaling scaling) {
        return new DatasetDescription(
                stored,
                valueType,
                shape,
                mirror,
                autoencoder,
                autoencoderSha256,
                scaling.shift(),
                scaling.scale(),
                imageSize,
                imageChannels,
                crop,
                classNames,
                source,
                sourceSha256,
                split);
    }
}
