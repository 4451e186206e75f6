package org.ppflow.flow.sampling;

import org.ppflow.flow.model.DitConfig;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Draws samples. Sample i depends on (seed, i) alone: its noise and class are functions of both, and the network always runs
 * at the same batch of the same samples, the last one padded with those that would follow. So the same bytes come out for any count, order,
 * resume or sharding.
 *
 * @param seed of the noise and the classes; two models with the same seed start from the same noise
 * @param config channels, size and classes of the latents
 * @param plan solver, times and guidance
 * @param classes of the samples
 * @param batch rows of a batch, before guidance doubles them
 */
public record Sampler(long seed, DitConfig config, SamplingPlan plan, SampleClasses classes, int batch) {
    public Sampler {
        if (batch < 1) {
            throw new IllegalArgumentException("batch: " + batch + " must be at least 1");
        }
    }

    /** Noise x0 of samples [first, first + count), [count, C, H, W]. */
    public FloatArray noise(long first, int count) {
        FloatArray noise = FloatArray.zeros(count, config.channels(), config.height(), config.width());
        fill(Purpose.SAMPLE_NOISE, first, 0, noise);
        return noise;
    }

    /** Classes of samples [first, first + count). */
    public int[] labels(long first, int count) {
        return classes.of(seed, first, count);
    }

    /** How many batches hold a number of samples. */
    public long batches(long count) {
        return (count + batch - 1) / batch;
    }

    /**
     * Latents of one batch, [batch, C, H, W]: samples [index·batch, (index + 1)·batch).
     *
     * @param networks the model, guided as the plan says
     * @param index from 0
     */
    public FloatArray sample(GuidedNetworks networks, long index) {
        long first = index * batch;
        return run(networks, first, noise(first, batch), labels(first, batch));
    }

    /**
     * Goes on from given states.
     *
     * @param networks the model, guided as the plan says
     * @param first index of the first sample, for the noise of an SDE, or between the stages of a pyramid
     * @param start states at the plan's first time, [n, C, H, W]
     * @param labels class of each
     */
    public FloatArray run(GuidedNetworks networks, long first, FloatArray start, int[] labels) {
        return run(networks, first, start, labels, StepListener.NONE);
    }

    /** The same with a listener that is told of the solver's points. */
    FloatArray run(GuidedNetworks networks, long first, FloatArray start, int[] labels, StepListener listener) {
        NetworkField field = new NetworkField(networks, plan.transport(), labels);
        Purpose purpose = plan.method().noisePurpose();
        return plan.method().run(field, start, (step, noise) -> fill(purpose, first, step, noise), listener);
    }

    private void fill(Purpose purpose, long first, int step, FloatArray noise) {
        int size = noise.rowSize();
        for (int i = 0; i < noise.rows(); i++) {
            RandomStream.of(seed, purpose, first + i, step).fillGaussian(noise.values(), i * size, (i + 1) * size);
        }
    }
}
