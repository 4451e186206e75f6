package org.ppflow.flow.sampling;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The step without noise at the end of the SDE, from t1 on by the size of the last step (SiT's options). */
public enum LastStep {
    /** None: the SDE goes on to the end of the path. */
    NONE,
    /** The SDE's drift: x + (v + w·s)·size. */
    MEAN,
    /** Tweedie's formula, the expected data: x/α + (σ²/α)·s. */
    TWEEDIE,
    /** The ODE's velocity: x + v·size. */
    EULER;

    /** Name in configs and on the command line. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
