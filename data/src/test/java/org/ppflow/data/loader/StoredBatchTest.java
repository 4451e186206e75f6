package org.ppflow.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.encode.GeneratedSource;
import org.ppflow.data.encode.MomentsCodec;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.progress.Progress;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;

class StoredBatchTest {
    private static final int VALUES = 6 * 4 * 4;

    @TempDir
    private static Path folder;

    private static LatentDataset halves;
    private static LatentDataset floats;

    @BeforeAll
    static void encode() throws Exception {
        halves = encode(ValueType.FLOAT16);
        floats = encode(ValueType.FLOAT32);
    }

    private static LatentDataset encode(ValueType type) throws Exception {
        PictureSelection pictures =
                new PictureSelection(new GeneratedSource(101, true), new Holdout(5, 4), Part.ALL, new CentrePadding(8));
        return new DatasetEncoder(new MomentsCodec(), new EncodeOptions(type, 30, 7), Progress.NONE)
                .encode(pictures, folder.resolve(type.toString()), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void stored_holdsTheRowsAsTheyAreOnDisk(ValueType type) {
        LatentDataset data = type == ValueType.FLOAT16 ? halves : floats;
        LatentLoader loader = new LatentLoader(data, 9);
        float[] plain = new float[VALUES];
        float[] flipped = new float[VALUES];
        int mirrored = 0;
        try (StoredBatch batch = loader.stored(3, 40, 0, 40)) {
            assertThat(batch.values().shape().asArray()).containsExactly(40, 6, 4, 4);
            for (int i = 0; i < 40; i++) {
                float[] row = row(batch, i);
                data.copyStored(batch.rows()[i], false, plain, 0);
                data.copyStored(batch.rows()[i], true, flipped, 0);
                boolean mirror = Arrays.equals(row, flipped);
                assertThat(row).isEqualTo(mirror ? flipped : plain);
                mirrored += mirror ? 1 : 0;
                assertThat(batch.labels()[i]).isEqualTo(data.label(batch.rows()[i]));
            }
        }
        assertThat(mirrored).isBetween(8, 32);
    }

    private static float[] row(StoredBatch batch, int row) {
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            long[] at = {row, i / 16, i / 4 % 4, i % 4};
            values[i] = batch.values() instanceof TFloat16 half
                    ? half.getFloat(at)
                    : ((TFloat32) batch.values()).getFloat(at);
        }
        return values;
    }

    /** However a batch is cut among workers, they get the whole of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void stored_isPartitionedExactly(int workers) {
        LatentLoader loader = new LatentLoader(halves, 9);
        try (StoredBatch whole = loader.stored(5, 29, 0, 29)) {
            for (int worker = 0; worker < workers; worker++) {
                int from = 29 * worker / workers;
                int to = 29 * (worker + 1) / workers;
                try (StoredBatch part = loader.stored(5, 29, from, to)) {
                    assertThat(part.rows()).isEqualTo(Arrays.copyOfRange(whole.rows(), from, to));
                    for (int i = from; i < to; i++) {
                        assertThat(row(part, i - from)).isEqualTo(row(whole, i));
                    }
                }
            }
        }
    }

    /** One row drawn at many steps: mean and deviation are the posterior's. */
    @Test
    void batch_drawsThePosteriorAnewEachStep() {
        LatentLoader loader = new LatentLoader(floats, 9);
        int draws = 4000;
        double[] sum = new double[2];
        double[] squares = new double[2];
        int[] count = new int[2];
        float[] plain = new float[VALUES];
        float[] flipped = new float[VALUES];
        floats.copyStored(17, false, plain, 0);
        floats.copyStored(17, true, flipped, 0);
        double scale = floats.scaling().scale();
        for (long step = 0; step < draws; step++) {
            LoadedBatch batch = loader.batch(step, 101);
            for (int i = 0; i < 101; i++) {
                if (batch.rows()[i] == 17) {
                    // A row whose two means differ shows which mirror was drawn.
                    double value = batch.latents().values()[i * VALUES / 2] / scale;
                    int side = Math.abs(value - plain[0]) < Math.abs(value - flipped[0]) ? 0 : 1;
                    sum[side] += value;
                    squares[side] += value * value;
                    count[side]++;
                }
            }
        }
        assertThat(count[0]).isBetween(1800, 2200);
        for (int side = 0; side < 2; side++) {
            float[] moments = side == 0 ? plain : flipped;
            double mean = sum[side] / count[side];
            double deviation = Math.sqrt(squares[side] / count[side] - mean * mean);
            double expected = Math.exp(0.5 * moments[VALUES / 2]);
            assertThat(mean).isCloseTo(moments[0], within(5 * expected / Math.sqrt(count[side])));
            assertThat(deviation / expected).isCloseTo(1, within(0.08));
        }
    }

    @Test
    void batch_isAFunctionOfSeedAndStepAlone() {
        assertThat(new LatentLoader(floats, 9).batch(12, 33).latents())
                .isEqualTo(new LatentLoader(floats, 9).batch(12, 33).latents())
                .isNotEqualTo(new LatentLoader(floats, 10).batch(12, 33).latents());
    }
}
