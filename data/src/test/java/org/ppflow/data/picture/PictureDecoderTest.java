package org.ppflow.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.errors.BadInputException;

/** What is Pillow's is compared with Pillow's own bytes in {@code PictureGoldenTest}; here is what those files do not have. */
class PictureDecoderTest {
    private static final int HEIGHT = 24;
    private static final int WIDTH = 40;

    /** A ramp with a bright corner, so that no two ways of turning it look alike. */
    private static byte[] written(String format) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, x < 8 && y < 8 ? 0xFFFFFF : ((x * 5) << 16) | ((y * 9) << 8) | (x + y));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static Picture decode(byte[] bytes) {
        return PictureDecoder.published().decode(bytes, "here.png");
    }

    @Test
    void png_of16BitColours_keepsTheUpper8() {
        byte[] colours =
                PngBytes.row(2, PngBytes.RGB, 16, 0x12, 0xFF, 0x34, 0x80, 0x56, 0x7F, 0xFF, 0xFF, 0, 0xFF, 1, 0);
        byte[] alpha = PngBytes.row(1, PngBytes.RGBA, 16, 0x12, 0xFF, 0x34, 0x80, 0x56, 0x7F, 0, 0);
        byte[] grey = PngBytes.row(1, PngBytes.GREY_ALPHA, 16, 0x12, 0xFF, 0, 0);

        assertThat(decode(colours).pixels()).containsExactly(0x12, 0x34, 0x56, 0xFF, 0, 1);
        assertThat(decode(alpha).pixels()).containsExactly(0x12, 0x34, 0x56);
        assertThat(decode(grey).pixels()).containsExactly(0x12, 0x12, 0x12);
    }

    /** Pillow clips those to white, which nobody means. */
    @Test
    void png_of16BitGrey_isRefused() {
        assertThatThrownBy(() -> decode(PngBytes.row(1, PngBytes.GREY, 16, 0x12, 0x34)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("here.png", "16 bits", "convert it");
    }

    @Test
    void png_ofFewBits_isSpreadOver0To255() {
        assertThat(decode(PngBytes.row(4, PngBytes.GREY, 1, 0b0110_0000)).pixels())
                .containsExactly(0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0);
        assertThat(decode(PngBytes.row(2, PngBytes.GREY, 2, 0b0110_0000)).pixels())
                .containsExactly(85, 85, 85, 170, 170, 170);
        assertThat(decode(PngBytes.row(1, PngBytes.GREY, 4, 0x90)).pixels()).containsExactly(153, 153, 153);
    }

    @Test
    void png_losesItsTransparency_withoutBlending() {
        byte[] palette = {10, 20, 30, 40, 50, 60};

        assertThat(decode(PngBytes.row(2, PngBytes.PALETTE, 4, palette, new byte[] {0, 127}, 0x10))
                        .pixels())
                .containsExactly(40, 50, 60, 10, 20, 30);
        assertThat(decode(PngBytes.row(1, PngBytes.RGBA, 8, 1, 2, 3, 0)).pixels())
                .containsExactly(1, 2, 3);
        assertThat(decode(PngBytes.row(1, PngBytes.RGB, 8, new byte[0], new byte[] {0, 1, 0, 2, 0, 3}, 1, 2, 3))
                        .pixels())
                .containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF", "BMP", "TIFF"})
    void decode_namesAFormatThatItDoesNotRead(String format) throws IOException {
        byte[] bytes = written(format);

        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("here.png", "a " + format, "JPEG or PNG");
    }

    @Test
    void decode_namesWebP() {
        byte[] bytes = "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a WebP");
    }

    /** The EXIF standard: where the picture's first row and first column lie in what is stored. */
    @Test
    void exif_turnsThePictureUpright() throws IOException {
        byte[] plain = written("jpg");
        Picture stored = decode(plain);
        Picture mirrored = stored.mirrored();
        Picture half = turned(turned(stored));

        assertThat(upright(plain, 1)).isEqualTo(stored);
        assertThat(upright(plain, 2)).isEqualTo(mirrored);
        assertThat(upright(plain, 3)).isEqualTo(half);
        assertThat(upright(plain, 4)).isEqualTo(half.mirrored());
        assertThat(upright(plain, 5)).isEqualTo(turned(stored).mirrored());
        assertThat(upright(plain, 6)).isEqualTo(turned(stored));
        assertThat(upright(plain, 7)).isEqualTo(turned(mirrored));
        assertThat(upright(plain, 8)).isEqualTo(turned(half));
        assertThat(upright(plain, 9)).isEqualTo(stored);
        assertThat(decode(withOrientation(plain, 6, true))).isEqualTo(stored);
    }

    /** Both byte orders. */
    private static Picture upright(byte[] plain, int orientation) {
        PictureDecoder decoder = new PictureDecoder(true, PictureDecoder.MAX_PIXELS);
        Picture little = decoder.decode(withOrientation(plain, orientation, true), "little");
        assertThat(decoder.decode(withOrientation(plain, orientation, false), "big"))
                .isEqualTo(little);
        return little;
    }

    /** A quarter clockwise. */
    private static Picture turned(Picture picture) {
        int height = picture.height();
        byte[] pixels = new byte[picture.pixels().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    pixels[(x * height + height - 1 - y) * 3 + c] = picture.pixels()[(y * picture.width() + x) * 3 + c];
                }
            }
        }
        return new Picture(picture.width(), height, 3, pixels);
    }

    /** The same JPEG with an EXIF segment right behind its first marker. */
    private static byte[] withOrientation(byte[] jpeg, int orientation, boolean little) {
        String tiff = little
                ? "II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0" + (char) orientation + "\0\0\0\0\0\0\0"
                : "MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0" + (char) orientation + "\0\0\0\0\0\0";
        byte[] body = ("Exif\0\0" + tiff).getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (body.length + 2)});
        file.writeBytes(body);
        file.write(jpeg, 2, jpeg.length - 2);
        return file.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void decode_refusesAFileCutAnywhere(String format) throws IOException {
        byte[] whole = written(format);
        // A PNG without its end marker, 12 bytes, has all its pixels; libpng says so only where it looks for more.
        int shortest = format.equals("png") ? 16 : 1;
        for (int missing = shortest; missing < whole.length; missing += 7) {
            byte[] cut = Arrays.copyOf(whole, whole.length - missing);

            assertThatThrownBy(() -> decode(cut))
                    .as(missing + " of " + whole.length + " bytes missing")
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("here.png");
        }
    }

    /** A picture or a clear error, never another exception. */
    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void decode_ofDamagedBytes_endsInAPictureOrAClearError(String format) throws IOException {
        byte[] whole = written(format);
        byte[] bytes = format.equals("jpg") ? withOrientation(whole, 6, true) : whole;
        PictureDecoder decoder = new PictureDecoder(true, HEIGHT * WIDTH * 4);
        for (int at = 0; at < bytes.length; at += 3) {
            for (int change : new int[] {0x01, 0x80, 0xFF}) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) change;
                try {
                    assertThat(decoder.decode(damaged, "here").channels()).isEqualTo(3);
                } catch (BadInputException e) {
                    assertThat(e).hasMessageStartingWith("here: ");
                }
            }
        }
    }

    @Test
    void decode_isTheSameOnSeveralThreads() throws Exception {
        byte[] jpeg = written("jpg");
        Picture expected = decode(jpeg);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Picture>> pictures = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                pictures.add(threads.submit(() -> decode(jpeg)));
            }
            for (Future<Picture> picture : pictures) {
                assertThat(picture.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
