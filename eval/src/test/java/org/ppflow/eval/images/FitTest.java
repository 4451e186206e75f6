package org.ppflow.eval.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.Picture;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.Npz;

/** How pictures are brought to one size. */
class FitTest {
    /** Neither square nor a multiple of any batch. */
    private static final PictureSet SET = PictureSet.noise(1, 41, 12, 10);

    @TempDir
    private Path folder;

    private static ImageSource open(Path path) throws IOException {
        return ImageSources.open(path.toString());
    }

    private static ImageSource open(Path path, Fit.How how, int side) throws IOException {
        return ImageSources.open(path.toString(), ImageReading.colour().with(how, side));
    }

    @Test
    void photographs_areCroppedAsAdmDoes() throws IOException {
        Path pictures = folder.resolve("photographs");
        Files.createDirectories(pictures);
        PictureSet wide = PictureSet.noise(4, 1, 40, 56);
        PictureSet high = PictureSet.noise(5, 1, 31, 17);
        Files.write(pictures.resolve("a.png"), wide.png(0));
        Files.write(pictures.resolve("b.png"), high.png(0));
        try (ImageSource source = open(pictures, Fit.How.CROP, 16)) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            for (PictureSet set : List.of(wide, high)) {
                expected.writeBytes(new CentreCrop(16)
                        .frame(new Picture(set.shape().height(), set.shape().width(), 3, set.pixels()), "x")
                        .pixels());
            }
            assertThat(source.shape()).isEqualTo(new ImageShape(16, 16, 3));
            assertThat(Reading.pixels(source, 0, 2)).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void digitsOfASize_haveBlackAroundThem() throws IOException {
        try (ImageSource plain =
                        ImageSources.open("mnist-t10k", ImageReading.colour().withChannels(1));
                ImageSource padded = ImageSources.open(
                        "mnist-t10k", ImageReading.colour().withChannels(1).with(Fit.How.CROP, 32))) {
            assertThat(padded.shape()).isEqualTo(new ImageShape(32, 32, 1));
            assertThat(padded.identity()).isNotEqualTo(plain.identity());
            byte[] small = Reading.pixels(plain, 7, 8);
            byte[] large = Reading.pixels(padded, 7, 8);
            for (int row = 0; row < 32; row++) {
                for (int column = 0; column < 32; column++) {
                    boolean inside = row >= 2 && row < 30 && column >= 2 && column < 30;
                    byte expected = inside ? small[(row - 2) * 28 + column - 2] : 0;
                    assertThat(large[row * 32 + column]).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void whatIsPadded_isTheSamePicturesWithBlackAround_whateverTheyComeFrom() throws IOException {
        Path files = SET.folder(folder.resolve("pictures"));
        Path array = SET.npz(folder.resolve("a.npz"), Npz.Compression.STORED);
        int height = SET.shape().height();
        int width = SET.shape().width();
        int side = Math.max(height, width) + 5;
        byte[] expected = new byte[side * side * 3];
        for (int row = 0; row < height; row++) {
            System.arraycopy(
                    SET.pixels(),
                    3 * SET.shape().bytes() + row * width * 3,
                    expected,
                    ((row + (side - height) / 2) * side + (side - width) / 2) * 3,
                    width * 3);
        }
        for (Path path : List.of(files, array)) {
            try (ImageSource plain = open(path);
                    ImageSource padded = open(path, Fit.How.PAD, side)) {
                assertThat(padded.shape()).isEqualTo(new ImageShape(side, side, 3));
                assertThat(padded.count()).isEqualTo(plain.count());
                assertThat(padded.labels().isPresent()).isEqualTo(plain.labels().isPresent());
                assertThat(padded.identity()).isNotEqualTo(plain.identity());
                assertThat(Reading.pixels(padded, 3, 4))
                        .as(path.toString())
                        .startsWith(expected)
                        .hasSize((SET.count() - 3) * expected.length);
            }
        }
    }

    @Test
    void picturesOfTheSize_areNotPadded_andLargerOnesRefused() throws IOException {
        PictureSet square = PictureSet.noise(6, 2, 8, 8);
        Path array = square.npz(folder.resolve("square.npz"), Npz.Compression.STORED);
        try (ImageSource plain = open(array);
                ImageSource same = open(array, Fit.How.PAD, 8)) {
            assertThat(same.identity()).isEqualTo(plain.identity());
        }
        Path files = square.folder(folder.resolve("square"));
        for (Path path : List.of(array, files)) {
            assertThatThrownBy(() -> open(path, Fit.How.PAD, 7))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("8x8")
                    .hasMessageContaining("at most 7x7");
        }
    }

    @Test
    void besideDigits_nothingIsEnlarged() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("some"));
        Files.write(pictures.resolve("a.png"), PictureSet.noise(4, 1, 40, 56).png(0));
        try (ImageSource larger = open(pictures, Fit.How.CROP_LARGER, 32);
                ImageSource cropped = open(pictures, Fit.How.CROP, 32)) {
            assertThat(Reading.pixels(larger, 0, 1)).isEqualTo(Reading.pixels(cropped, 0, 1));
            assertThat(larger.identity())
                    .as("what refuses pictures takes nothing from what does not")
                    .isNotEqualTo(cropped.identity());
        }
        Files.write(pictures.resolve("0.png"), PictureSet.noise(5, 1, 28, 30).png(0));
        assertThatThrownBy(() -> open(pictures, Fit.How.CROP_LARGER, 32))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("0.png: a picture of 28x30 pixels, which a crop enlarges to 32")
                .hasMessageContaining("--pad 32");
        Files.write(pictures.resolve("0.png"), PictureSet.noise(5, 1, 28, 40).png(0));
        assertThatThrownBy(() -> open(pictures, Fit.How.CROP_LARGER, 32))
                .hasMessageContaining("bring it to 32x32 as the digits are");
    }

    @Test
    void arraysAreNotCropped() throws IOException {
        Path file = SET.npz(folder.resolve("a.npz"), Npz.Compression.STORED);
        assertThatThrownBy(() -> open(file, Fit.How.CROP, 8))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a crop to 8 pixels");
    }
}
