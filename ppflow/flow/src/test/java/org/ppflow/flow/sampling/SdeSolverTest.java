package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class SdeSolverTest {
    private static final int SAMPLES = 8000;
    private static final int STEPS = 250;
    private static final double LAST_STEP = 0.04;

    /** Standard errors that a sampled mean or variance may be off: of 120 comparisons one in 10⁴ runs lies outside by chance. */
    private static final double ERRORS = 5;

    /** What {@value #STEPS} steps leave of the method's own error, of order dt. */
    private static final double DISCRETISATION = 0.02;

    static List<Arguments> everyFormAndLastStep() {
        List<Arguments> cases = new ArrayList<>();
        for (ProbabilityPath path : ProbabilityPath.values()) {
            for (DiffusionForm form : DiffusionForm.values()) {
                for (LastStep last : LastStep.values()) {
                    for (SdeSolver.Method method : SdeSolver.Method.values()) {
                        // Every form and last step on the linear path; on the others every form once.
                        if (path == ProbabilityPath.LINEAR || last == LastStep.MEAN) {
                            cases.add(Arguments.of(path, form, last, method));
                        }
                    }
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("everyFormAndLastStep")
    void marginals_areThoseOfTheGaussian(
            ProbabilityPath path, DiffusionForm form, LastStep last, SdeSolver.Method method) {
        GaussianFlow flow = new GaussianFlow(path, 0.7, 0.5);
        SdeSolver solver = new SdeSolver(method, form, 1, last, LAST_STEP);
        Transport transport = new Transport(path, Prediction.VELOCITY);
        TimeInterval interval = solver.interval(transport, solver.eps(transport));
        TimeGrid grid = TimeGrid.of(interval, STEPS, 1, List.of());
        FloatArray start = FloatArray.zeros(1, SAMPLES);
        // The marginal at the start, which on the VP path is not quite N(0, 1).
        RandomStream.of(5, Purpose.TEST, 0).fillGaussian(start.values(), 0, SAMPLES);
        double first = grid.point(0);
        for (int i = 0; i < SAMPLES; i++) {
            start.values()[i] = (float) (flow.mean(first) + Math.sqrt(flow.variance(first)) * start.values()[i]);
        }
        FloatArray end = solver.solve(
                flow,
                path,
                start,
                grid,
                (step, noise) ->
                        RandomStream.of(5, Purpose.SDE_NOISE, 0, step).fillGaussian(noise.values(), 0, SAMPLES),
                StepListener.NONE);
        double mean = 0;
        double squares = 0;
        for (float value : end.values()) {
            mean += value / (double) SAMPLES;
        }
        for (float value : end.values()) {
            squares += (value - mean) * (value - mean) / (SAMPLES - 1.0);
        }
        Affine exact = lastStep(flow, solver, grid.end());
        double variance = exact.slope * exact.slope * flow.variance(grid.end());
        double expected = exact.slope * flow.mean(grid.end()) + exact.offset;
        assertThat(mean)
                .isCloseTo(
                        expected,
                        within(ERRORS * Math.sqrt(variance / SAMPLES) + DISCRETISATION * Math.sqrt(variance)));
        assertThat(squares)
                .isCloseTo(variance, within(variance * (ERRORS * Math.sqrt(2.0 / SAMPLES) + DISCRETISATION)));
    }

    /** What the last step does to a state: slope·x + offset. */
    private record Affine(double slope, double offset) {}

    private static Affine lastStep(GaussianFlow flow, SdeSolver solver, double t) {
        PathPoint point = flow.path().at(t);
        double[] images = new double[2];
        for (int x = 0; x < 2; x++) {
            double velocity = flow.velocity(x, t);
            double score = flow.score(x, t);
            images[x] = switch (solver.lastStep()) {
                case NONE -> x;
                case MEAN -> x + (velocity + solver.form().at(point, solver.norm()) * score) * LAST_STEP;
                case TWEEDIE -> (x + point.sigma() * point.sigma() * score) / point.alpha();
                case EULER -> x + velocity * LAST_STEP;
            };
        }
        return new Affine(images[1] - images[0], images[0]);
    }

    @Test
    void sde_goesForwardsOnly() {
        SdeSolver solver = new SdeSolver(SdeSolver.Method.EULER, DiffusionForm.SIGMA, 1, LastStep.MEAN, LAST_STEP);
        TimeGrid back = TimeGrid.of(TimeInterval.WHOLE.reversed(), 2, 1, List.of());
        assertThatThrownBy(() -> solver.solve(
                        new GaussianFlow(ProbabilityPath.LINEAR, 0, 1),
                        ProbabilityPath.LINEAR,
                        FloatArray.zeros(1, 1),
                        back,
                        (step, noise) -> {},
                        StepListener.NONE))
                .hasMessageContaining("from noise to data");
    }
}
