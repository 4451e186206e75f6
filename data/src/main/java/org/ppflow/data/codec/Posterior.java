package org.ppflow.data.codec;

import org.ppflow.nn.random.RandomStream;

/**
 * The Gaussian posterior of a variational autoencoder, stored as moments (2C, h, w): first the mean, then the logarithm of the variance, as the
 * encoder gives it. Clamped when it is used, as the reference does: to [−30, 20].
 */
public final class Posterior {
    private static final float MIN_LOG_VARIANCE = -30;
    private static final float MAX_LOG_VARIANCE = 20;

    private Posterior() {}

    /** Standard deviation: exp(½·log-variance), the log-variance clamped. */
    public static float deviation(float logVariance) {
        float clamped = Math.max(MIN_LOG_VARIANCE, Math.min(MAX_LOG_VARIANCE, logVariance));
        return (float) StrictMath.exp(0.5 * clamped);
    }

    /**
     * Draws a latent, z = mean + deviation·ε, before shift and scale.
     *
     * @param moments one row, (2C, h, w)
     * @param noise where ε comes from
     * @param target the (C, h, w) latent goes to {@code target[offset …]}
     */
    public static void sample(float[] moments, RandomStream noise, float[] target, int offset) {
        int size = moments.length / 2;
        for (int i = 0; i < size; i++) {
            target[offset + i] = moments[i] + deviation(moments[size + i]) * (float) noise.nextGaussian();
        }
    }
}
