package org.ppflow.app.command.sample;

import java.util.Arrays;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;

/** Finds the batch at which a network is fastest here. */
final class FastestBatch {
    private static final int LARGEST = 256;

    /** A batch twice as large has to be that much faster. */
    private static final double WORTH = 1.03;

    private FastestBatch() {}

    /**
     * Doubles the batch while the finest level, the dearest, gains by it.
     *
     * @param samples a larger batch would be padding
     */
    static int of(SamplingGraph graph, ModelDescription description, long samples) {
        int best = 1;
        double fastest = 0;
        for (int rows = 1; rows <= Math.min(LARGEST, samples); rows *= 2) {
            double rate = rows / secondsAPass(graph, description, rows);
            if (rate < WORTH * fastest) {
                break;
            }
            fastest = rate;
            best = rows;
        }
        return best;
    }

    private static double secondsAPass(SamplingGraph graph, ModelDescription description, int rows) {
        DitConfig config = description.config();
        FloatArray x = FloatArray.zeros(rows, config.channels(), config.height(), config.width());
        float[] times = new float[rows];
        Arrays.fill(times, 1);
        int finest = description.schedule().count() - 1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            graph.output(finest, x, times, new int[rows]);
            double seconds = (System.nanoTime() - start) / 1e9;
            // The first run of a shape prepares it.
            least = i == 0 ? least : Math.min(least, seconds);
        }
        return least;
    }
}
