package org.ppflow.flow.sampling;

import org.ppflow.flow.model.DitConfig;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Draws samples. Sample i depends on (seed, i) alone: its noise and class are functions of both, and the network always runs
 * at the same batch, the last one padded with the samples that would follow. So the same bytes come out for any count, order,
 * resume or sharding.
 *
 * @param seed of the noise and the classes; two models with the same seed start from the same noise
 * @param config channels, size and classes of the latents
 * @param solver of the ODE
 * @param grid its times
 * @param guidance scale of each level
 * @param batch rows of a batch, before guidance doubles them
 */
public record Sampler(long seed, DitConfig config, OdeSolver solver, TimeGrid grid, Guidance guidance, int batch) {
    public Sampler {
        if (batch < 1) {
            throw new IllegalArgumentException("batch: " + batch + " must be at least 1");
        }
    }

    /** Noise x0 of samples [first, first + count), [count, C, H, W]. */
    public FloatArray noise(long first, int count) {
        FloatArray noise = FloatArray.zeros(count, config.channels(), config.height(), config.width());
        int size = noise.rowSize();
        for (int i = 0; i < count; i++) {
            RandomStream.of(seed, Purpose.SAMPLE_NOISE, first + i)
                    .fillGaussian(noise.values(), i * size, (i + 1) * size);
        }
        return noise;
    }

    /**
     * Balanced classes of samples [first, first + count): every run of as many samples as there are classes holds each class
     * once, in an order of its own.
     */
    public int[] labels(long first, int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            long round = (first + i) / config.classes();
            KeyedPermutation order = new KeyedPermutation(config.classes(), seed, Purpose.SAMPLE_CLASS, round);
            labels[i] = (int) order.at((first + i) % config.classes());
        }
        return labels;
    }

    /** How many batches hold a number of samples. */
    public int batches(int count) {
        return (count + batch - 1) / batch;
    }

    /**
     * Latents of one batch, [batch, C, H, W]: samples [index·batch, (index + 1)·batch).
     *
     * @param networks the model
     * @param index from 0
     */
    public FloatArray sample(LevelNetworks networks, int index) {
        long first = (long) index * batch;
        GuidedField field = new GuidedField(new GuidedNetworks(networks, guidance), labels(first, batch));
        return solver.solve(field, noise(first, batch), grid);
    }
}
