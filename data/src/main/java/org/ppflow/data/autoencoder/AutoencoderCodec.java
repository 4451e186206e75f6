package org.ppflow.data.autoencoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;

/**
 * An autoencoder as a codec of data sets: moments are stored. Pictures go through the network in parts of a fixed number, the last filled up, so that what
 * becomes of one does not depend on its neighbours. Latents larger than {@value #TILED_SIDE} a side are decoded in tiles.
 */
public final class AutoencoderCodec implements Codec {
    /** What stands before the folder in a codec's name. */
    public static final String PREFIX = "vae:";

    /** Pictures at once; fewer would read the weights too often, more only take memory. */
    private static final int PART = 4;

    private static final int TILED_SIDE = 96;
    private static final int BYTES = 256;

    private final String name;
    private final String sha256;
    private final AutoencoderKl network;

    private AutoencoderCodec(String name, String sha256, AutoencoderKl network) {
        this.name = name;
        this.sha256 = sha256;
        this.network = network;
    }

    /** Opens a folder as diffusers saves it; the folder's name is the codec's, with {@code +bf16} where bfloat16 gives other moments. */
    public static AutoencoderCodec open(Path folder, SessionOptions options) {
        try {
            String name = folder.toAbsolutePath().normalize().getFileName()
                    + (options.precision() == Precision.BF16 ? "+bf16" : "");
            AutoencoderKl network = AutoencoderKl.open(folder, options);
            try {
                return new AutoencoderCodec(name, Sha256.of(AutoencoderFile.find(folder)), network);
            } catch (IOException | RuntimeException e) {
                network.close();
                throw e;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String weightsSha256() {
        return sha256;
    }

    @Override
    public StoredKind kind() {
        return StoredKind.MOMENTS;
    }

    @Override
    public LatentShape storedShape(int channels, int height, int width) {
        int factor = network.config().factor();
        if (height % factor != 0 || width % factor != 0) {
            throw BadInputException.at("codec " + name)
                    .found("pictures of " + height + "x" + width + " pixels")
                    .expected("sides divisible by " + factor)
                    .build();
        }
        return new LatentShape(2 * network.config().latentChannels(), height / factor, width / factor);
    }

    @Override
    public Optional<LatentScaling> fixedScaling(int channels) {
        return Optional.of(new LatentScaling(
                Collections.nCopies(channels, network.config().shift()),
                network.config().scale()));
    }

    @Override
    public FloatArray encode(PictureBatch pictures) {
        PictureBatch coloured = coloured(pictures);
        LatentShape shape = storedShape(AutoencoderConfig.COLOURS, pictures.height(), pictures.width());
        FloatArray moments = FloatArray.zeros(pictures.count(), shape.channels(), shape.height(), shape.width());
        int bytes = pictures.height() * pictures.width() * AutoencoderConfig.COLOURS;
        for (int from = 0; from < pictures.count(); from += PART) {
            int count = Math.min(PART, pictures.count() - from);
            byte[] part = Arrays.copyOfRange(coloured.pixels(), from * bytes, (from + PART) * bytes);
            FloatArray encoded = network.encode(
                    new PictureBatch(PART, pictures.height(), pictures.width(), AutoencoderConfig.COLOURS, part));
            System.arraycopy(encoded.values(), 0, moments.values(), from * shape.size(), count * shape.size());
        }
        return moments;
    }

    /** Grey to three equal channels, as Pillow's convert. */
    private static PictureBatch coloured(PictureBatch pictures) {
        if (pictures.channels() == AutoencoderConfig.COLOURS) {
            return pictures;
        }
        byte[] pixels = new byte[pictures.pixels().length * AutoencoderConfig.COLOURS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pictures.pixels()[i / AutoencoderConfig.COLOURS];
        }
        return new PictureBatch(
                pictures.count(), pictures.height(), pictures.width(), AutoencoderConfig.COLOURS, pixels);
    }

    @Override
    public PictureBatch decode(FloatArray latents) {
        int height = latents.shape()[2];
        int width = latents.shape()[3];
        int factor = network.config().factor();
        int pixels = height * factor * width * factor;
        byte[] bytes = new byte[latents.rows() * pixels * AutoencoderConfig.COLOURS];
        boolean tiled = Math.max(height, width) > TILED_SIDE;
        int part = tiled ? 1 : PART;
        for (int from = 0; from < latents.rows(); from += part) {
            int count = Math.min(part, latents.rows() - from);
            FloatArray taken = filled(latents.slice(from, from + count), part);
            FloatArray decoded = tiled ? new TiledDecode(network).decode(taken) : network.decode(taken);
            for (int n = 0; n < count; n++) {
                write(decoded.values(), n * pixels * AutoencoderConfig.COLOURS, pixels, bytes, from + n);
            }
        }
        return new PictureBatch(latents.rows(), height * factor, width * factor, AutoencoderConfig.COLOURS, bytes);
    }

    private static FloatArray filled(FloatArray latents, int rows) {
        if (latents.rows() == rows) {
            return latents;
        }
        int[] shape = latents.shape();
        FloatArray filled = FloatArray.zeros(rows, shape[1], shape[2], shape[3]);
        System.arraycopy(latents.values(), 0, filled.values(), 0, latents.values().length);
        return filled;
    }

    /** (3, H, W) on [−1, 1] → (H, W, 3) bytes. */
    private static void write(float[] values, int offset, int pixels, byte[] bytes, int picture) {
        int target = picture * pixels * AutoencoderConfig.COLOURS;
        for (int i = 0; i < pixels; i++) {
            for (int colour = 0; colour < AutoencoderConfig.COLOURS; colour++) {
                bytes[target++] = toByte(values[offset + colour * pixels + i]);
            }
        }
    }

    /** The published sampler's rule: 127.5·x + 128, clamped to [0, 255], truncated. */
    public static byte toByte(float x) {
        if (Float.isNaN(x)) {
            throw new IllegalArgumentException("a decoded pixel is no number");
        }
        float scaled = 127.5f * x + 128;
        return (byte) (int) Math.max(0, Math.min(BYTES - 1f, scaled));
    }

    @Override
    public void close() {
        network.close();
    }
}
