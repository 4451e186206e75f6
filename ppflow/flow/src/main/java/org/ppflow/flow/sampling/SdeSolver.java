package org.ppflow.flow.sampling;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.ppflow.flow.sampling.FlowField.Flow;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;

/**
 * Solves d x = (v + w·s) dt + √(2w) dW, whose marginals are those of the ODE (SiT, section 2.3), from noise to data. One evaluation gives
 * velocity and score, so Euler–Maruyama takes one a step and Heun two. Holds four states.
 *
 * @param method how a step is taken
 * @param form w(t)
 * @param norm size of w, 0 or above
 * @param lastStep what follows the steps with noise
 * @param lastStepSize its size in t, in (0, 1); of no meaning where there is none
 */
public record SdeSolver(Method method, DiffusionForm form, double norm, LastStep lastStep, double lastStepSize) {
    /** How a step is taken. */
    public enum Method {
        /** Euler–Maruyama: x + drift·dt + √(2w·dt)·z. */
        EULER,
        /** SiT's Heun: the noise first, then the mean of the drifts at both ends of an Euler step. */
        HEUN;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Gives the noise of a step. */
    @FunctionalInterface
    public interface NoiseSource {
        /**
         * Writes standard normals.
         *
         * @param step from 0
         * @param noise all rows, overwritten
         */
        void fill(int step, FloatArray noise);
    }

    public SdeSolver {
        if (!(norm >= 0 && norm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("norm: " + norm + " must be 0 or more");
        }
        if (lastStep != LastStep.NONE && !(lastStepSize > 0 && lastStepSize < 1)) {
            throw new IllegalArgumentException("last step size: " + lastStepSize + " must be in (0, 1)");
        }
    }

    /** The size of the last step, 0 where there is none. */
    public double size() {
        return lastStep == LastStep.NONE ? 0 : lastStepSize;
    }

    /** ε where nobody gives another: what keeps every evaluation finite. */
    public double eps(Transport transport) {
        return TimeInterval.sdeEps(transport, form, method == Method.HEUN && lastStep == LastStep.NONE);
    }

    /** What the steps with noise go over. */
    public TimeInterval interval(Transport transport, double eps) {
        return TimeInterval.sde(transport, form, size(), eps);
    }

    /**
     * Goes through a grid, then takes the last step.
     *
     * @param field velocity and score
     * @param path for the coefficients
     * @param x state at the first point, [N, …]; not changed
     * @param grid from noise to data
     * @param source of the noise
     * @param listener told of every point of the grid, and of the result as one more where there is a last step
     */
    public FloatArray solve(
            FlowField field,
            ProbabilityPath path,
            FloatArray x,
            TimeGrid grid,
            NoiseSource source,
            StepListener listener) {
        if (grid.point(0) > grid.end()) {
            throw new IllegalArgumentException(
                    "the SDE goes from noise to data, not from " + grid.point(0) + " to " + grid.end());
        }
        FloatArray noise = FloatArray.zeros(x.shape());
        FloatArray state = x;
        listener.at(0, state);
        for (int i = 0; i < grid.steps(); i++) {
            source.fill(i, noise);
            state = step(field, path, state, noise, grid.point(i), grid.point(i + 1));
            listener.at(i + 1, state);
        }
        if (lastStep == LastStep.NONE) {
            return state;
        }
        FloatArray result = finish(field, path.at(grid.end()), state);
        listener.at(grid.steps() + 1, result);
        return result;
    }

    private FloatArray step(
            FlowField field, ProbabilityPath path, FloatArray x, FloatArray noise, double from, double to) {
        double dt = to - from;
        PathPoint point = path.at(from);
        double spread = Math.sqrt(2 * form.at(point, norm) * dt);
        if (method == Method.EULER) {
            float[] drift = drift(field, point, x);
            float[] next = new float[drift.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = (float) (x.values()[i] + drift[i] * dt + spread * noise.values()[i]);
            }
            return new FloatArray(x.shape(), next);
        }
        float[] noisy = new float[x.values().length];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (float) (x.values()[i] + spread * noise.values()[i]);
        }
        FloatArray shaken = new FloatArray(x.shape(), noisy);
        float[] first = drift(field, point, shaken);
        float[] ahead = new float[first.length];
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = (float) (noisy[i] + dt * first[i]);
        }
        float[] second = drift(field, path.at(to), new FloatArray(x.shape(), ahead));
        float[] next = new float[first.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = (float) (noisy[i] + dt / 2 * ((double) first[i] + second[i]));
        }
        return new FloatArray(x.shape(), next);
    }

    private FloatArray finish(FlowField field, PathPoint point, FloatArray x) {
        float[] result = new float[x.values().length];
        if (lastStep == LastStep.MEAN) {
            float[] drift = drift(field, point, x);
            for (int i = 0; i < result.length; i++) {
                result[i] = (float) (x.values()[i] + drift[i] * lastStepSize);
            }
            return new FloatArray(x.shape(), result);
        }
        Flow flow = field.flow(x, point.t());
        for (int i = 0; i < result.length; i++) {
            result[i] = lastStep == LastStep.EULER
                    ? (float) (x.values()[i] + flow.velocity().values()[i] * lastStepSize)
                    : (float) ((x.values()[i]
                                    + point.sigma()
                                            * point.sigma()
                                            * flow.score().values()[i])
                            / point.alpha());
        }
        return new FloatArray(x.shape(), result);
    }

    /** v + w·s; without w the score, which may be infinite then, is left out. */
    private float[] drift(FlowField field, PathPoint point, FloatArray x) {
        double diffusion = form.at(point, norm);
        if (diffusion == 0) {
            return field.velocityAt(x, point.t()).values();
        }
        Flow flow = field.flow(x, point.t());
        float[] drift = new float[x.values().length];
        for (int i = 0; i < drift.length; i++) {
            drift[i] = (float)
                    (flow.velocity().values()[i] + diffusion * flow.score().values()[i]);
        }
        return drift;
    }
}
