package org.ppflow.flow.transport;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much the loss of a noise or score prediction counts at a time (SiT, section 2.2). Velocity is never weighted. */
public enum LossWeight {
    /** 1. */
    NONE {
        @Override
        double at(PathPoint point) {
            return 1;
        }
    },
    /** (g/σ)²: the loss of the velocity that follows from the prediction. */
    VELOCITY {
        @Override
        double at(PathPoint point) {
            double ratio = point.scoreFactor() / point.sigma();
            return ratio * ratio;
        }
    },
    /** g/σ²: a bound of the likelihood. */
    LIKELIHOOD {
        @Override
        double at(PathPoint point) {
            return point.scoreFactor() / (point.sigma() * point.sigma());
        }
    };

    abstract double at(PathPoint point);

    /** Name in configs and on the command line: {@code none}, {@code velocity}, {@code likelihood}. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
