package org.ppflow.eval.inception;

import java.util.Arrays;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.MatrixProductPeak;
import org.ppflow.nn.session.SessionOptions;

/**
 * How fast the network runs here.
 *
 * @param imagesPerSecond of the median batch, from uint8 pixels to features on the heap
 * @param gigaflops the network's {@link InceptionLayers#flops()} times that; the same for every form
 * @param peakGigaflops of a product of 2048 × 2048 matrices in the same process, see {@link MatrixProductPeak}
 */
public record InceptionBench(double imagesPerSecond, double gigaflops, double peakGigaflops) {
    private static final double NANOSECONDS = 1e9;
    private static final double GIGA = 1e9;

    /**
     * Measures; one batch more runs before, not timed.
     *
     * @param network an Inception network
     * @param size side of the square pictures
     * @param batch pictures handed over at once
     * @param repeats timed batches
     * @param options of the peak; the network's threads
     * @param progress in batches
     */
    public static InceptionBench measure(
            FeatureNetwork network, int size, int batch, int repeats, SessionOptions options, Progress progress) {
        if (size < 1 || batch < 1 || repeats < 1) {
            throw new IllegalArgumentException(
                    "size " + size + ", batch " + batch + " and repeats " + repeats + " must be at least 1");
        }
        ImageBatch pictures = pictures(size, batch);
        double[] seconds = new double[repeats];
        try (Progress.Task task = progress.start("Inception", repeats + 1L, "batches")) {
            network.extract(pictures);
            for (int i = 0; i < repeats; i++) {
                task.advanceTo(i + 1L);
                long start = System.nanoTime();
                network.extract(pictures);
                seconds[i] = (System.nanoTime() - start) / NANOSECONDS;
            }
            task.advanceTo(repeats + 1L);
        }
        Arrays.sort(seconds);
        double rate = batch / seconds[repeats / 2];
        double peak = MatrixProductPeak.gigaflops(Inception.exact(options));
        return new InceptionBench(rate, InceptionLayers.flops() * rate / GIGA, peak);
    }

    /** Of the machine's peak, 0 to about 1. */
    public double shareOfPeak() {
        return gigaflops / peakGigaflops;
    }

    /** Any content will do: time does not depend on it. */
    private static ImageBatch pictures(int size, int batch) {
        byte[] pixels = new byte
                [Math.multiplyExact(
                        Math.multiplyExact(batch, InceptionLayers.CHANNELS), Math.multiplyExact(size, size))];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31 + (i >> 8));
        }
        return new ImageBatch(pixels, size, size, InceptionLayers.CHANNELS);
    }
}
