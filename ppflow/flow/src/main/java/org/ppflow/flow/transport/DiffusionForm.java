package org.ppflow.flow.transport;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Diffusion w(t) of the SDE d x = (v + w·s) dt + √(2w) dW, which has the same marginals as the ODE for every w ≥ 0 (SiT, section 2.3 and
 * table 5); {@code norm} is its size.
 */
public enum DiffusionForm {
    /** norm. */
    CONSTANT {
        @Override
        public double at(PathPoint point, double norm) {
            return norm;
        }
    },
    /** norm·g, that of score-based diffusion models; infinite where α is 0. */
    SBDM {
        @Override
        public double at(PathPoint point, double norm) {
            return norm * point.scoreFactor();
        }
    },
    /** norm·σ. */
    SIGMA {
        @Override
        public double at(PathPoint point, double norm) {
            return norm * point.sigma();
        }
    },
    /** norm·(1 − t). */
    LINEAR {
        @Override
        public double at(PathPoint point, double norm) {
            return norm * (1 - point.t());
        }
    },
    /** (norm·cos πt + 1)²/4. */
    DECREASING {
        @Override
        public double at(PathPoint point, double norm) {
            double wave = norm * Math.cos(Math.PI * point.t()) + 1;
            return wave * wave / 4;
        }
    },
    /** norm·sin² πt. */
    INCREASING_DECREASING {
        @Override
        public double at(PathPoint point, double norm) {
            double wave = Math.sin(Math.PI * point.t());
            return norm * wave * wave;
        }
    };

    /** w at a time. */
    public abstract double at(PathPoint point, double norm);

    /** Name in configs and on the command line: {@code sbdm}, {@code increasing-decreasing}. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
