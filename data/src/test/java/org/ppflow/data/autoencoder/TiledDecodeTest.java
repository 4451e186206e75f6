package org.ppflow.data.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.SessionOptions;

class TiledDecodeTest {
    private static final AutoencoderConfig SMALL =
            new AutoencoderConfig(List.of(4, 4), 1, 2, 2, 1, 0, true, true, false);

    private static FloatArray latents(int height, int width) {
        FloatArray latents = FloatArray.zeros(1, 2, height, width);
        RandomStream.of(6, Purpose.TEST, height, width).fillGaussian(latents.values(), 0, latents.values().length);
        return latents;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 96, 112, 113, 160, 1000})
    void starts_coverTheSide_andOverlap(int side) {
        int[] starts = TiledDecode.starts(side);
        int tile = Math.min(side, TiledDecode.TILE);

        assertThat(starts[0]).isZero();
        assertThat(starts[starts.length - 1] + tile).isEqualTo(side);
        for (int i = 1; i < starts.length; i++) {
            assertThat(starts[i] - starts[i - 1]).isBetween(1, TiledDecode.STEP);
        }
    }

    @Test
    void aLatentOfOneTile_isDecodedAsAWhole() {
        try (AutoencoderKl network = AutoencoderKl.random(SMALL, SessionOptions.DEFAULT)) {
            FloatArray latents = latents(40, 64);

            FloatArray whole = network.decode(latents);
            FloatArray tiled = new TiledDecode(network).decode(latents);

            for (int i = 0; i < whole.values().length; i++) {
                // Times its weight and divided by it: two roundings.
                assertThat(tiled.values()[i]).isCloseTo(whole.values()[i], within(4 * Math.ulp(whole.values()[i])));
            }
        }
    }

    /** Tiles see statistics of their own in the group norms and nothing beyond their border: close, and without a seam. */
    @Test
    void aLargeLatent_isCloseToTheWhole() {
        try (AutoencoderKl network = AutoencoderKl.random(SMALL, SessionOptions.DEFAULT)) {
            FloatArray latents = latents(80, 130);

            float[] whole = network.decode(latents).values();
            float[] tiled = new TiledDecode(network).decode(latents).values();

            double squares = 0;
            double error = 0;
            for (int i = 0; i < whole.length; i++) {
                squares += whole[i] * whole[i];
                error += (tiled[i] - whole[i]) * (tiled[i] - whole[i]);
            }
            // Measured: 0.023. A tile in the wrong place would give 1.4.
            assertThat(Math.sqrt(error / squares)).isLessThan(0.05);
        }
    }
}
