package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.ppflow.flow.sampling.LastStep;
import org.ppflow.flow.sampling.SdeSolver;
import org.ppflow.flow.transport.DiffusionForm;

/**
 * Sampling by the SDE.
 *
 * @param method none for the ODE; then the rest has no meaning
 * @param diffusion w(t)
 * @param norm its size, 0 or above
 * @param lastStep what follows the steps with noise
 * @param lastStepSize its size in t, in (0, 1)
 */
public record SdeConfig(Method method, DiffusionForm diffusion, double norm, LastStep lastStep, double lastStepSize) {
    /** No SDE; SiT's options otherwise. */
    public static final SdeConfig NONE = new SdeConfig(Method.NONE, DiffusionForm.SIGMA, 1, LastStep.MEAN, 0.04);

    /** How a step is taken. */
    public enum Method {
        /** The ODE is solved instead. */
        @JsonProperty("none")
        NONE,
        /** Euler–Maruyama. */
        @JsonProperty("euler")
        EULER,
        /** SiT's Heun. */
        @JsonProperty("heun")
        HEUN
    }

    public SdeConfig {
        Check.notNegative("norm", norm);
        Check.that(
                lastStepSize > 0 && lastStepSize < 1, "last_step_size", lastStepSize + " must be above 0 and below 1");
    }

    /** The solver, if there is one. */
    Optional<SdeSolver> solver() {
        return switch (method) {
            case NONE -> Optional.empty();
            case EULER -> Optional.of(new SdeSolver(SdeSolver.Method.EULER, diffusion, norm, lastStep, lastStepSize));
            case HEUN -> Optional.of(new SdeSolver(SdeSolver.Method.HEUN, diffusion, norm, lastStep, lastStepSize));
        };
    }
}
