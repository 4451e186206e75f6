package org.ppflow.app.sample;

import java.util.Arrays;
import java.util.Optional;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.nn.array.FloatArray;

/** Where samples start and which classes they have. */
public sealed interface SampleStart {
    /** States of samples [first, first + rows); behind the last given one they begin again from the first. */
    FloatArray states(Sampler sampler, long first, int rows);

    /** Their classes. */
    int[] labels(Sampler sampler, long first, int rows);

    /** Noise drawn from the seed. */
    record Seeded() implements SampleStart {
        @Override
        public FloatArray states(Sampler sampler, long first, int rows) {
            return sampler.noise(first, rows);
        }

        @Override
        public int[] labels(Sampler sampler, long first, int rows) {
            return sampler.labels(first, rows);
        }
    }

    /**
     * States of a file, in memory.
     *
     * @param all [N, C, H, W]
     * @param classes one for each; without them the sampler's
     * @param data whether they are data, of which noise comes out
     */
    record Given(FloatArray all, Optional<int[]> classes, boolean data) implements SampleStart {
        @Override
        public FloatArray states(Sampler sampler, long first, int rows) {
            int[] shape = all.shape().clone();
            shape[0] = rows;
            FloatArray some = FloatArray.zeros(shape);
            int size = all.rowSize();
            for (int i = 0; i < rows; i++) {
                int row = (int) ((first + i) % all.rows());
                System.arraycopy(all.values(), row * size, some.values(), i * size, size);
            }
            return some;
        }

        @Override
        public int[] labels(Sampler sampler, long first, int rows) {
            if (classes.isEmpty()) {
                return sampler.labels(first, rows);
            }
            int[] labels = new int[rows];
            Arrays.setAll(labels, i -> classes.get()[(int) ((first + i) % classes.get().length)]);
            return labels;
        }
    }
}
