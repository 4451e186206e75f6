package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

class OdeSolverTest {
    private static final double TOLERANCE = 0.1;

    @ParameterizedTest
    @CsvSource({
        "euler, 1, 256, 1024",
        "midpoint, 2, 32, 128",
        "heun, 2, 32, 128",
        "heun3, 3, 16, 64",
        "rk4, 4, 12, 24",
        "rk4-38, 4, 12, 24"
    })
    void solver_hasItsOrder_alignedAlsoAcrossAJump(String name, int order, int coarse, int fine) {
        double ratio = Math.log((double) fine / coarse);
        for (TimeInterval interval : List.of(TimeInterval.WHOLE, TimeInterval.WHOLE.reversed())) {
            for (double speed : new double[] {1, 2}) {
                double slope =
                        Math.log(error(name, coarse, interval, speed) / error(name, fine, interval, speed)) / ratio;
                assertThat(slope)
                        .as("over " + interval + ", " + speed + " times as fast behind the boundary")
                        .isCloseTo(order, within(TOLERANCE));
            }
        }
    }

    /**
     * Of a rotation by 3t + sin(2t)/4: of all problems the one where the next order disturbs the measured slope least.
     *
     * @param speed how many times as fast it is from t = 0.5 on; with a jump there the solver is aligned
     */
    private static double error(String name, int steps, TimeInterval interval, double speed) {
        VelocityField field = (x, t) -> {
            double rate = (3 + Math.cos(2 * t[0]) / 2) * (t[0] < 0.5 ? 1 : speed);
            return new FloatArray(
                    x.shape(), new float[] {(float) (-rate * x.values()[1]), (float) (rate * x.values()[0])});
        };
        double half = 1.5 + Math.sin(1) / 4;
        double whole = 3 + Math.sin(2) / 4;
        double angle = (half + speed * (whole - half)) * (interval.to() - interval.from());
        List<Double> jumps = speed == 1 ? List.of() : List.of(0.5);
        FloatArray start = new FloatArray(new int[] {1, 2}, new float[] {1, 0});
        OdeSolver solver = OdeSolvers.named(name);
        float[] end = (jumps.isEmpty() ? solver : new Aligned(solver, jumps))
                .solve(field, start, TimeGrid.of(interval, steps, 1, jumps))
                .values();
        return Math.hypot(end[0] - Math.cos(angle), end[1] - Math.sin(angle));
    }

    /** A method that sees beyond the jump in the middle of a step falls to order 1: what aligning is for. */
    @Test
    void solverThatIsNotAligned_losesItsOrderAtAJump() {
        VelocityField field = (x, t) -> FloatArray.vector(t[0] < 0.5 ? 1 : -3).reshaped(x.shape());
        float coarse = RungeKutta.RK4.solve(field, start(0), TimeGrid.even(8)).values()[0];
        float fine = RungeKutta.RK4.solve(field, start(0), TimeGrid.even(16)).values()[0];
        assertThat((coarse + 1) / (fine + 1)).isCloseTo(2, within(1e-3f));
    }

    @Test
    void alignedSolver_tellsOfEachPointOnce_andRefusesAGridWithoutTheBoundary() {
        Aligned aligned = new Aligned(RungeKutta.HEUN, List.of(0.5));
        VelocityField field = (x, t) -> FloatArray.vector(t[0] < 0.5 ? 1 : -3).reshaped(x.shape());
        List<Integer> points = new ArrayList<>();
        List<Float> states = new ArrayList<>();
        aligned.solve(field, start(0), TimeGrid.even(4), (point, state) -> {
            points.add(point);
            states.add(state.values()[0]);
        });
        assertThat(points).containsExactly(0, 1, 2, 3, 4);
        assertThat(states).containsExactly(0f, 0.25f, 0.5f, -0.25f, -1f);
        assertThatThrownBy(() -> aligned.solve(field, start(0), TimeGrid.even(3)))
                .hasMessageContaining("the boundary 0.5 is no point");
    }

    /** Relaxation at rate 300 to a moving target: explicit methods must take some hundred steps or explode. */
    @Test
    void dopri5_meetsItsToleranceOnAStiffishProblem() {
        int[] evaluations = {0};
        double rate = 300;
        VelocityField field = (x, t) -> {
            evaluations[0]++;
            float[] slopes = new float[t.length];
            for (int row = 0; row < t.length; row++) {
                slopes[row] = (float) (rate * (Math.sin(5 * t[row]) - x.values()[row]) + 5 * Math.cos(5 * t[row]));
            }
            return new FloatArray(x.shape(), slopes);
        };
        FloatArray end = Dopri5.DEFAULT.solve(field, FloatArray.vector(2).reshaped(1, 1), TimeGrid.even(1));
        // From any start the solution is sin 5t + (x0 − 0)·exp(−300 t).
        assertThat(end.values()[0]).isCloseTo((float) Math.sin(5), within(1e-3f));
        // Stability allows steps of about 3.3/300: at least 90 steps of six evaluations.
        assertThat(evaluations[0]).isBetween(500, 2000);
    }

    @Test
    void dopri5_doesNotDependOnNeighbours() {
        VelocityField field = (x, t) -> {
            float[] slopes = new float[t.length];
            for (int row = 0; row < t.length; row++) {
                slopes[row] = (float) (Math.cos(20 * x.values()[row]) * (t[row] < 0.5 ? 1 : -3));
            }
            return new FloatArray(x.shape(), slopes);
        };
        FloatArray together = Dopri5.DEFAULT.solve(
                field, new FloatArray(new int[] {3, 1}, new float[] {0.1f, 5, -2}), TimeGrid.even(1));
        for (int row = 0; row < 3; row++) {
            FloatArray alone = Dopri5.DEFAULT.solve(
                    field, FloatArray.vector(new float[] {0.1f, 5, -2}[row]).reshaped(1, 1), TimeGrid.even(1));
            assertThat(together.values()[row]).isEqualTo(alone.values()[0]);
        }
    }

    @Test
    void dopri5_endsAtTheEnd_andCrossesNoStop() {
        double[] latest = {0};
        VelocityField field = (x, t) -> {
            latest[0] = Math.max(latest[0], t[0]);
            return FloatArray.vector(t[0] < 0.5 ? 1 : -3).reshaped(x.shape());
        };
        int[] calls = {0};
        VelocityField counted = (x, t) -> {
            calls[0]++;
            return field.velocity(x, t);
        };
        FloatArray crossing = Dopri5.DEFAULT.solve(counted, start(0), TimeGrid.even(1));
        assertThat(latest[0]).isEqualTo(1);
        // Five stages see one side of a jump that falls between the others: the estimate of the error is blind to part
        // of it.
        assertThat(crossing.values()[0]).isCloseTo(-1f, within(0.05f));
        int crossed = calls[0];
        calls[0] = 0;
        FloatArray stopping = Dopri5.DEFAULT.solve(counted, start(0), TimeGrid.even(2));
        // Each stretch is exact on its own side of the jump.
        assertThat(stopping.values()[0]).isCloseTo(-1f, within(1e-6f));
        assertThat(calls[0]).isLessThan(crossed);
    }

    @Test
    void dopri5_saysWhereAFieldIsNotFinite() {
        VelocityField field =
                (x, t) -> FloatArray.vector(t[0] > 0.3 ? Float.NaN : 1).reshaped(x.shape());
        assertThatThrownBy(() -> Dopri5.DEFAULT.solve(field, start(0), TimeGrid.even(1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("row 0")
                .hasMessageContaining("t = 0.");
    }

    @Test
    void solvers_rejectOtherNames() {
        assertThatThrownBy(() -> OdeSolvers.named("hein"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("solver 'hein'")
                .hasMessageContaining("did you mean 'heun'?")
                .hasMessageContaining("euler, midpoint, heun, heun3, rk4, rk4-38, dopri5, dopri5-torchdiffeq");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 250, 251})
    void evenGrid_hasExactEndsAndMiddle(int steps) {
        TimeGrid grid = TimeGrid.even(steps);
        assertThat(grid.point(0)).isZero();
        assertThat(grid.point(steps)).isEqualTo(1.0);
        assertThat(grid.points().contains(0.5)).isEqualTo(steps % 2 == 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 3})
    void alignedGrid_hasTheBoundariesAndAsManySteps(double shift) {
        TimeGrid grid = TimeGrid.of(TimeInterval.WHOLE, 249, shift, List.of(0.5, 0.75));
        assertThat(grid.points()).contains(0.0, 0.5, 0.75, 1.0).hasSize(250);
    }

    @Test
    void shiftedGrid_hasMorePointsNearNoise_alsoBackwards() {
        TimeGrid grid = TimeGrid.of(TimeInterval.WHOLE, 2, 3, List.of());
        assertThat(grid.points()).containsExactly(0.0, 0.25, 1.0);
        TimeGrid back = TimeGrid.of(new TimeInterval(1, 0), 2, 3, List.of());
        assertThat(back.points()).containsExactly(1.0, 0.25, 0.0);
    }

    @Test
    void grid_needsAStepForEachStretch() {
        assertThatThrownBy(() -> TimeGrid.of(TimeInterval.WHOLE, 2, 1, List.of(0.5, 0.75)))
                .hasMessageContaining("steps: 2 must be at least 3");
    }

    private static FloatArray start(float value) {
        return FloatArray.vector(value).reshaped(1, 1);
    }
}
