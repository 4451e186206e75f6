package org.ppflow.flow.transport;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What a network is asked to predict. Score s = ∇ ln p_t(x), noise ε = −σ·s (the expected x0) and velocity v = (d ln α/dt)·x + g·s follow
 * from each other at every t where their factors are finite (SiT, section 2.2; g is {@link PathPoint#scoreFactor()}).
 */
public enum Prediction {
    /** d x_t / dt. */
    VELOCITY {
        @Override
        public Conversion toVelocity(PathPoint point) {
            return Conversion.SAME;
        }

        /** s = (r·v − x)/(σ² − r·σ·dσ/dt) with r = α/(dα/dt); finite at α = 0, where v has no more to say than x. */
        @Override
        public Conversion toScore(PathPoint point) {
            double ratio = point.alpha() / point.dAlpha();
            double variance = point.sigma() * (point.sigma() - ratio * point.dSigma());
            return new Conversion(-1 / variance, ratio / variance);
        }

        /** ε = (r·v − x)/(r·dσ/dt − σ). */
        @Override
        public Conversion toNoise(PathPoint point) {
            double ratio = point.alpha() / point.dAlpha();
            double rate = ratio * point.dSigma() - point.sigma();
            return new Conversion(-1 / rate, ratio / rate);
        }
    },
    /** x0. */
    NOISE {
        @Override
        public Conversion toVelocity(PathPoint point) {
            return new Conversion(point.alphaRatio(), -point.scoreFactor() / point.sigma());
        }

        @Override
        public Conversion toScore(PathPoint point) {
            return new Conversion(0, -1 / point.sigma());
        }

        @Override
        public Conversion toNoise(PathPoint point) {
            return Conversion.SAME;
        }
    },
    /** ∇ ln p_t(x). */
    SCORE {
        @Override
        public Conversion toVelocity(PathPoint point) {
            return new Conversion(point.alphaRatio(), point.scoreFactor());
        }

        @Override
        public Conversion toScore(PathPoint point) {
            return Conversion.SAME;
        }

        @Override
        public Conversion toNoise(PathPoint point) {
            return new Conversion(0, -point.sigma());
        }
    };

    /** Velocity of the probability-flow ODE from x_t and the network's output. */
    public abstract Conversion toVelocity(PathPoint point);

    /** Score from x_t and the network's output. */
    public abstract Conversion toScore(PathPoint point);

    /** Noise from x_t and the network's output. */
    public abstract Conversion toNoise(PathPoint point);

    /** Name in configs and on the command line: {@code velocity}, {@code noise}, {@code score}. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
