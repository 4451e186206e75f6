package org.ppflow.flow.transport;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Paths from noise (t = 0) to data (t = 1), x_t = α_t·x1 + σ_t·x0, as in SiT (Ma et al. 2024, section 2 and appendix A; there time
 * runs the other way round). Everything is computed in double, each quantity by the formula that keeps its digits at both ends.
 */
public enum ProbabilityPath {
    /** α = t, σ = 1 − t (PPFlow eq. 1): straight lines. */
    LINEAR {
        @Override
        public PathPoint at(double t) {
            return new PathPoint(t, t, 1, 1 - t, -1, 1 / t, (1 - t) / t);
        }
    },
    /** Generalised variance preserving: α = sin(πt/2), σ = cos(πt/2). */
    GVP {
        @Override
        public PathPoint at(double t) {
            double angle = Math.PI / 2 * t;
            double rate = Math.PI / 2;
            // σ(1) and σ near it come from the sine of the rest, which is exactly 0 at t = 1.
            double sigma = Math.sin(rate * (1 - t));
            double alpha = Math.sin(angle);
            double ratio = rate * sigma / alpha;
            return new PathPoint(t, alpha, rate * sigma, sigma, -rate * alpha, ratio, ratio);
        }
    },
    /**
     * Variance preserving (Song et al. 2021): with s = 1 − t, ln α = −s²·(β1 − β0)/4 − s·β0/2, σ = √(1 − α²), β0 = 0.1, β1 = 20.
     * dσ/dt is infinite at t = 1.
     */
    VP {
        @Override
        public PathPoint at(double t) {
            double s = 1 - t;
            double logAlpha = -s * s * (BETA_END - BETA_START) / 4 - s * BETA_START / 2;
            double halfBeta = (BETA_START + s * (BETA_END - BETA_START)) / 2;
            double alpha = Math.exp(logAlpha);
            double sigma = Math.sqrt(-Math.expm1(2 * logAlpha));
            return new PathPoint(
                    t, alpha, alpha * halfBeta, sigma, -alpha * alpha * halfBeta / sigma, halfBeta, halfBeta);
        }
    };

    private static final double BETA_START = 0.1;
    private static final double BETA_END = 20;

    /**
     * Coefficients at a time.
     *
     * @param t time in [0, 1]
     */
    public abstract PathPoint at(double t);

    /**
     * Writes one row of x_t = α·x1 + σ·x0 and of its velocity v = (dα/dt)·x1 + (dσ/dt)·x0 (paper eq. 1, 2), at full resolution for
     * every level: levels only change how x_t is cut into tokens.
     *
     * @param data x1, values [offset, offset + size)
     * @param noise x0, same range
     * @param t time in [0, 1]
     * @param position x_t, same range, written
     * @param velocity d x_t / dt, same range, written
     */
    public void write(float[] data, float[] noise, double t, float[] position, float[] velocity, int offset, int size) {
        PathPoint point = at(t);
        for (int i = offset; i < offset + size; i++) {
            position[i] = (float) (point.alpha() * data[i] + point.sigma() * noise[i]);
            velocity[i] = (float) (point.dAlpha() * data[i] + point.dSigma() * noise[i]);
        }
    }

    /** Name in configs and on the command line: {@code linear}, {@code gvp}, {@code vp}. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
