package org.ppflow.data.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class CodecTest {
    static PictureBatch randomPictures(int count, int height, int width, int channels) {
        byte[] pixels = new byte[count * height * width * channels];
        RandomStream random = RandomStream.of(1, Purpose.TEST, 0);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return new PictureBatch(count, height, width, channels, pixels);
    }

    @ParameterizedTest
    @CsvSource({
        "pixels, 1, 32, 32, FLOAT32",
        "pixels, 3, 5, 7, FLOAT16",
        "haar, 1, 32, 32, FLOAT32",
        "haar, 3, 6, 10, FLOAT32",
        "haar, 3, 16, 16, FLOAT16"
    })
    void decode_givesTheExactPicturesBack(String name, int channels, int height, int width, ValueType stored) {
        try (Codec codec = Codecs.open(name)) {
            PictureBatch pictures = randomPictures(9, height, width, channels);
            FloatArray latents = codec.encode(pictures);
            LatentShape shape = codec.storedShape(channels, height, width);
            assertThat(latents.shape()).containsExactly(9, shape.channels(), shape.height(), shape.width());
            for (int i = 0; i < latents.values().length; i++) {
                latents.values()[i] = stored.rounded(latents.values()[i]);
            }

            assertThat(codec.decode(latents)).isEqualTo(pictures);
        }
    }

    @Test
    void pixels_mapTheEndsToMinusOneAndOne_channelsFirst() {
        PictureBatch two = new PictureBatch(1, 1, 2, 3, new byte[] {0, 51, 102, (byte) 153, (byte) 204, (byte) 255});

        assertThat(new PixelsCodec().encode(two).values())
                .containsExactly(new float[] {-1, 0.2f, -0.6f, 0.6f, -0.2f, 1}, within(1e-7f));
    }

    @Test
    void decode_clampsAndTakesTheNearestLevel() {
        // 100.5/127.5 − 1 lies half way between two levels; a little less is level 100.
        float below = (float) (100.49 / 127.5 - 1);
        FloatArray latents = new FloatArray(
                new int[] {1, 1, 1, 5},
                new float[] {-1.5f, 7, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, below});

        assertThat(new PixelsCodec().decode(latents).pixels()).containsExactly(0, 255, 255, 0, 100);
    }

    @Test
    void decode_refusesNotANumber() {
        FloatArray latents = new FloatArray(new int[] {2, 1, 1, 1}, new float[] {0, Float.NaN});

        assertThatThrownBy(() -> new PixelsCodec().decode(latents))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1");
    }

    @Test
    void haar_ordersChannelsAsLowHorizontalVerticalDiagonal() {
        FloatArray block = new FloatArray(new int[] {1, 1, 2, 2}, new float[] {1, 2, 4, 8});

        FloatArray bands = HaarCodec.forward(block);

        assertThat(bands.shape()).containsExactly(1, 4, 1, 1);
        // LL = 15/2, H = (1 − 2 + 4 − 8)/2, V = (1 + 2 − 4 − 8)/2, D = (1 − 2 − 4 + 8)/2
        assertThat(bands.values()).containsExactly(7.5f, -2.5f, -4.5f, 1.5f);
    }

    @Test
    void haar_keepsTheBandsOfAChannelTogether() {
        FloatArray picture = FloatArray.zeros(1, 2, 4, 6);
        picture.values()[24 + 2 * 6 + 4] = 2; // channel 1, row 2, column 4: block (1, 2), top left

        FloatArray bands = HaarCodec.forward(picture);

        for (int channel = 0; channel < 8; channel++) {
            float[] expected = new float[6];
            expected[5] = channel < 4 ? 0 : 1;
            assertThat(java.util.Arrays.copyOfRange(bands.values(), channel * 6, channel * 6 + 6))
                    .containsExactly(expected);
        }
    }

    @Test
    void haar_isOrthonormal() {
        FloatArray picture = FloatArray.zeros(3, 2, 8, 6);
        RandomStream.of(2, Purpose.TEST, 0).fillGaussian(picture.values(), 0, picture.values().length);

        FloatArray bands = HaarCodec.forward(picture);

        assertThat(energy(bands)).isCloseTo(energy(picture), within(1e-4));
        FloatArray back = HaarCodec.inverse(bands);
        assertThat(back.shape()).containsExactly(picture.shape());
        assertThat(back.values()).containsExactly(picture.values(), within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"31, 32", "32, 31"})
    void haar_rejectsOddSizes(int height, int width) {
        assertThatThrownBy(() -> new HaarCodec().encode(randomPictures(1, height, width, 1)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("haar", height + "x" + width, "even");
    }

    @ParameterizedTest
    @ValueSource(strings = {"har", "", "HAAR"})
    void open_rejectsUnknownNames_andSaysTheKnownOnes(String name) {
        assertThatThrownBy(() -> Codecs.open(name))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("'" + name + "'", "haar, pixels");
    }

    @Test
    void scaling_shiftsThenScales_andBack() {
        LatentScaling scaling = new LatentScaling(List.of(1.0, -2.0), 0.5);
        FloatArray stored = new FloatArray(new int[] {2, 2, 1, 2}, new float[] {1, 3, -2, 0, 5, 7, 2, 4});

        FloatArray seen = scaling.normalise(stored);

        assertThat(seen.values()).containsExactly(0, 1, 0, 1, 2, 3, 2, 3);
        assertThat(scaling.denormalise(seen)).isEqualTo(stored);
    }

    @Test
    void scaling_rejectsWhatCannotBe() {
        assertThatThrownBy(() -> new LatentScaling(List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LatentScaling(List.of(Double.NaN), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LatentScaling(List.of(0.0), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LatentScaling(List.of(0.0), 1).normalise(FloatArray.zeros(1, 2, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double energy(FloatArray array) {
        double sum = 0;
        for (float value : array.values()) {
            sum += (double) value * value;
        }
        return sum;
    }
}
