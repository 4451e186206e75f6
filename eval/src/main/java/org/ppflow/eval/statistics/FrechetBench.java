package org.ppflow.eval.statistics;

import java.util.Arrays;
import org.ppflow.eval.linear.OpenBlas;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Time of a Fréchet distance from two covariances.
 *
 * @param size number of features
 * @param threads of OpenBLAS
 * @param seconds of each run, after one to warm up
 * @param value of the distance, the same in each run
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FrechetBench(int size, int threads, double[] seconds, double value) {
    /**
     * Measures distances of two made-up sets at full rank. Memory: ten matrices of F × F doubles, 340 MB at 2048.
     *
     * @param size number of features
     * @param runs at least 1
     * @param progress in runs
     */
    public static FrechetBench measure(int size, int runs, Progress progress) {
        FeatureStatistics reference = madeUp(size, 0);
        FeatureStatistics samples = madeUp(size, 1);
        double[] seconds = new double[runs];
        double value;
        try (Progress.Task task = progress.start("Fréchet distance", runs + 1L, "runs")) {
            value = FrechetDistance.between(reference, samples).value();
            for (int i = 0; i < runs; i++) {
                task.advanceTo(i + 1L);
                long start = System.nanoTime();
                value = FrechetDistance.between(reference, samples).value();
                seconds[i] = (System.nanoTime() - start) / 1e9;
            }
            task.advanceTo(runs + 1L);
        }
        return new FrechetBench(size, OpenBlas.threads(), seconds, value);
    }

    /** The middle run, or the mean of the two in the middle. */
    public double medianSeconds() {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Twice as many vectors as features, deviations falling from 1 to 1/100 as those of real features do. */
    private static FeatureStatistics madeUp(int size, int set) {
        MomentAccumulator moments = new MomentAccumulator(size);
        float[] vector = new float[size];
        for (int row = 0; row < 2 * size; row++) {
            RandomStream.of(set, Purpose.BENCHMARK, row).fillGaussian(vector, 0, size);
            for (int i = 0; i < size; i++) {
                vector[i] *= (float) Math.pow(100, -(double) i / size);
            }
            moments.add(vector, 0, 1);
        }
        return moments.snapshot();
    }
}
