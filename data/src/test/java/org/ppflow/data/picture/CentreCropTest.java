package org.ppflow.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Properties of the crop; its bytes against Pillow's are in {@code PictureGoldenTest}. */
class CentreCropTest {
    private static Picture noise(int height, int width, int channels) {
        byte[] pixels = new byte[height * width * channels];
        new Random(71L * height + width).nextBytes(pixels);
        return new Picture(height, width, channels, pixels);
    }

    @Test
    void frame_leavesAPictureOfThatSizeAlone() {
        Picture picture = noise(17, 17, 3);

        assertThat(new CentreCrop(17).frame(picture, "x")).isEqualTo(picture);
    }

    /** The odd remainder goes right and below. */
    @Test
    void frame_cutsTheMiddle_whereTheShortSideFits() {
        Picture strip = noise(4, 9, 1);
        byte[] middle = new byte[16];
        for (int row = 0; row < 4; row++) {
            System.arraycopy(strip.pixels(), row * 9 + 2, middle, row * 4, 4);
        }

        assertThat(new CentreCrop(4).frame(strip, "x")).isEqualTo(new Picture(4, 4, 1, middle));
    }

    /** Weights of a pixel sum to 1 and overshoot is cut: one colour stays that colour, whatever the sizes. */
    @Test
    void frame_keepsOneColour() {
        int[][] sizes = {{1, 1}, {3, 7}, {64, 64}, {65, 63}, {129, 400}, {1, 300}, {300, 1}};
        for (int[] size : sizes) {
            for (int level : new int[] {0, 1, 127, 254, 255}) {
                byte[] pixels = new byte[size[0] * size[1] * 3];
                Arrays.fill(pixels, (byte) level);
                byte[] expected = new byte[32 * 32 * 3];
                Arrays.fill(expected, (byte) level);

                assertThat(new CentreCrop(32).frame(new Picture(size[0], size[1], 3, pixels), "x"))
                        .as(Arrays.toString(size))
                        .isEqualTo(new Picture(32, 32, 3, expected));
            }
        }
    }

    @Test
    void frame_treatsGreyAsEachColour() {
        Picture grey = noise(90, 70, 1);
        byte[] copied = new byte[grey.pixels().length * 3];
        for (int i = 0; i < copied.length; i++) {
            copied[i] = grey.pixels()[i / 3];
        }
        Picture coloured = new CentreCrop(20).frame(new Picture(90, 70, 3, copied), "x");
        Picture framed = new CentreCrop(20).frame(grey, "x");

        assertThat(framed.size()).isEqualTo("20x20x1");
        for (int i = 0; i < coloured.pixels().length; i++) {
            assertThat(coloured.pixels()[i]).isEqualTo(framed.pixels()[i / 3]);
        }
    }

    /** Only the part that stays is computed; its bytes are those of the whole. */
    @Test
    void resize_ofAPart_equalsThePartOfTheWhole() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            Picture picture = noise(1 + random.nextInt(60), 1 + random.nextInt(60), 3);
            int height = 1 + random.nextInt(60);
            int width = 1 + random.nextInt(60);
            int top = random.nextInt(height);
            int left = random.nextInt(width);
            int rows = 1 + random.nextInt(height - top);
            int columns = 1 + random.nextInt(width - left);
            Resampling.Filter filter = random.nextBoolean() ? Resampling.Filter.BOX : Resampling.Filter.BICUBIC;
            Picture whole = Resampling.resize(picture, height, width, filter);
            byte[] part = new byte[rows * columns * 3];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        whole.pixels(), ((top + row) * width + left) * 3, part, row * columns * 3, columns * 3);
            }

            assertThat(Resampling.resize(picture, height, width, filter, top, left, rows, columns))
                    .as(picture.size() + " to " + height + "x" + width)
                    .isEqualTo(new Picture(rows, columns, 3, part));
        }
    }

    /** Enlarged, one row of 20 000 pixels would be 256 x 5 120 000: only the middle of that is ever made. */
    @Test
    void frame_ofAThinStrip_makesOnlyTheMiddle() {
        assertThat(new CentreCrop(256).frame(noise(1, 20_000, 3), "x").size()).isEqualTo("256x256x3");
        assertThat(new CentreCrop(256).frame(noise(20_000, 1, 3), "x").size()).isEqualTo("256x256x3");
    }

    @Test
    void size_isAtLeastOne() {
        assertThatThrownBy(() -> new CentreCrop(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new CentreCrop(1).frame(noise(3, 4, 3), "x").size()).isEqualTo("1x1x3");
    }
}
