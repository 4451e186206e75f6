package org.ppflow.app.sample;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.ppflow.flow.sampling.EvaluationCounter;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.GuidedNetworks;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.nn.array.FloatArray;

/**
 * Draws one of the sampler's batches at a time. In memory is one batch.
 *
 * @param sampler of the samples
 * @param start their noise and classes
 * @param networks the model
 * @param guide the weaker model of autoguidance
 */
public record BatchDrawing(Sampler sampler, SampleStart start, LevelNetworks networks, Optional<LevelNetworks> guide) {
    private static final double NANOSECONDS = 1e9;

    /**
     * A batch.
     *
     * @param latents [B, C, H, W]
     * @param labels class of each
     * @param counts evaluations and time
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Drawn(FloatArray latents, int[] labels, SampleCounts counts) {}

    /**
     * Draws a batch.
     *
     * @param index of the batch
     * @param kept how many of its rows must be finite
     * @throws IOException if one is not
     */
    Drawn draw(long index, int kept) throws IOException {
        int rows = sampler.batch();
        EvaluationCounter counter = new EvaluationCounter(networks.schedule().count());
        EvaluationCounter guideCounter =
                new EvaluationCounter(guide.map(weak -> weak.schedule().count()).orElse(0));
        GuidedNetworks guided = sampler.plan().guided(networks, guide, counter, guideCounter);
        long first = index * rows;
        int[] labels = start.labels(sampler, first, rows);
        long started = System.nanoTime();
        FloatArray latents = sampler.run(guided, first, start.states(sampler, first, rows), labels);
        double seconds = (System.nanoTime() - started) / NANOSECONDS;
        requireFinite(latents, first, kept);
        return new Drawn(latents, labels, SampleCounts.of(rows, seconds, counter.each(rows), guideCounter.each(rows)));
    }

    /** The first run of a graph prepares it; that is not sampling. */
    void warmUp() {
        Guidance guidance = sampler.plan().guidance();
        for (int level = 0; level < networks.schedule().count(); level++) {
            boolean doubled = guidance.active(level) && guide.isEmpty();
            warmUp(networks, level, (doubled ? 2 : 1) * sampler.batch());
        }
        if (guide.isPresent()) {
            for (int level = 0; level < guide.get().schedule().count(); level++) {
                warmUp(guide.get(), level, sampler.batch());
            }
        }
    }

    private void warmUp(LevelNetworks of, int level, int rows) {
        float[] times = new float[rows];
        Arrays.fill(times, (float) of.schedule().level(level).start());
        of.output(level, sampler.noise(0, rows), times, new int[rows]);
    }

    private static void requireFinite(FloatArray latents, long first, int rows) throws IOException {
        int size = latents.rowSize();
        for (int i = 0; i < rows * size; i++) {
            if (!Float.isFinite(latents.values()[i])) {
                throw new IOException("sample " + (first + i / size) + " came out as " + latents.values()[i]
                        + ": the weights, the guidance scale or the solver make it so; nothing of its batch was kept");
            }
        }
    }
}
