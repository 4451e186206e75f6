package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.autoencoder.AutoencoderCodec;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureSources;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;

/** A data set of an autoencoder's moments as pictures to score: the tiny autoencoder's reconstructions of the posteriors' means. */
class LatentImagesTest {
    private static final int SIDE = 32;
    private static final int PICTURES = 6;

    @TempDir
    private Path folder;

    @Test
    void latentsOfAnAutoencoder_areDecodedFromTheirMeans() throws IOException {
        for (Path codec : GoldenFolder.find("vae", "codec.npz")) {
            Path weights = codec.resolveSibling(".");
            Path encoded = folder.resolve("encoded");
            LatentDataset dataset = encode(weights, encoded);

            assertThatThrownBy(() -> ImageSources.open(encoded.toString()))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("--autoencoder FOLDER");
            try (ImageSource source = ImageSources.open(
                            encoded.toString(), ImageReading.colour().withAutoencoder(weights));
                    AutoencoderCodec network = AutoencoderCodec.open(weights, SessionOptions.DEFAULT)) {
                assertThat(source.shape()).isEqualTo(new ImageShape(SIDE, SIDE, 3));
                assertThat(source.labels()).hasValue(new int[] {0, 0, 0, 1, 1, 1});
                FloatArray stored = dataset.stored(0, PICTURES);
                int half = stored.rowSize() / 2;
                int[] shape = stored.shape();
                FloatArray means = FloatArray.zeros(PICTURES, shape[1] / 2, shape[2], shape[3]);
                for (int row = 0; row < PICTURES; row++) {
                    System.arraycopy(stored.values(), row * stored.rowSize(), means.values(), row * half, half);
                }
                byte[] expected = network.decode(means).pixels();
                ByteArrayOutputStream pixels = new ByteArrayOutputStream();
                source.forEachBatch(0, 4, batch -> {
                    pixels.writeBytes(batch.pixels());
                    return true;
                });
                assertThat(pixels.toByteArray()).isEqualTo(expected);
            }
            org.ppflow.nn.files.AtomicFiles.deleteRecursively(encoded);
        }
    }

    private LatentDataset encode(Path weights, Path encoded) throws IOException {
        Path pictures = folder.resolve("pictures");
        for (int i = 0; i < PICTURES; i++) {
            var image = new java.awt.image.BufferedImage(SIDE, SIDE, java.awt.image.BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < SIDE * SIDE; at++) {
                image.setRGB(at % SIDE, at / SIDE, 0x030507 * (at * (i + 1) % 2000));
            }
            Path inside =
                    Files.createDirectories(pictures.resolve(List.of("a", "b").get(i / 3)));
            ImageIO.write(image, "png", inside.resolve(i + ".png").toFile());
        }
        PictureSelection selection = new PictureSelection(
                PictureSources.open(pictures.toString()), new Holdout(2, 0), Part.ALL, new CentreCrop(SIDE));
        try (AutoencoderCodec codec = AutoencoderCodec.open(weights, SessionOptions.DEFAULT)) {
            return new DatasetEncoder(codec, new EncodeOptions(ValueType.FLOAT32, 4, 2), Progress.NONE)
                    .encode(selection, encoded, Optional.empty());
        }
    }
}
