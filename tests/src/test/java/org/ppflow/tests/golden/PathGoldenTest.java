package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.training.StepOptions;
import org.ppflow.flow.training.TrainingBatch;
import org.ppflow.flow.training.TrainingGraph;
import org.ppflow.flow.transport.Conversion;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.LossWeight;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.TrainingTarget;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

/** Paths, conversions, diffusion forms and losses of the published code. */
class PathGoldenTest {
    /** Relative, of the float64 run: the golden README's for a formula that keeps its digits on the VP path. */
    private static final double FUNCTION = 1e-5;

    /** Relative, where only the float32 run is stored. */
    private static final double FLOAT_FUNCTION = 2e-5;

    /** The same on the VP path at t = 0.999 and later, where the reference loses digits. */
    private static final double FLOAT_FUNCTION_VP_END = 1e-3;

    /** Relative. */
    private static final double LOSS = 2e-5;

    /** Absolute, on values of order 1. */
    private static final double PLAN = 2e-5;

    /** The golden's times are float32: GVP's sines of multiples of pi/2 are off by that much where they should be 0. */
    private static final double ZERO = 1e-7;

    @TestFactory
    List<DynamicTest> losses() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("transport", "losses.npz")) {
            for (ProbabilityPath path : ProbabilityPath.values()) {
                String name = path == ProbabilityPath.LINEAR ? "Linear" : path.name();
                tests.add(dynamicTest(name + ": coefficients", () -> compareCoefficients(file, path, name)));
                tests.add(dynamicTest(name + ": diffusion", () -> compareDiffusion(file, path, name)));
                tests.add(dynamicTest(name + ": conversions", () -> compareConversions(file, path, name)));
                tests.add(dynamicTest(name + ": x_t and velocity", () -> comparePlan(file, path, name)));
                GoldenFolder.find("model", "weights.safetensors").stream()
                        .filter(weights -> weights.getParent().endsWith("sit"))
                        .findFirst()
                        .ifPresent(weights -> tests.add(
                                dynamicTest(name + ": losses", () -> compareLosses(file, weights, path, name))));
            }
        }
        return GoldenFolder.checked(tests);
    }

    private static void compareCoefficients(Path file, ProbabilityPath path, String name) throws IOException {
        try (TensorFile golden = Npz.open(file)) {
            compare(golden, path, "path/" + name + "/alpha", PathPoint::alpha);
            compare(golden, path, "path/" + name + "/d_alpha", PathPoint::dAlpha);
            compare(golden, path, "path/" + name + "/sigma", PathPoint::sigma);
            compare(golden, path, "path/" + name + "/d_sigma", PathPoint::dSigma);
            compare(golden, path, "path/" + name + "/d_alpha_over_alpha", PathPoint::alphaRatio);
            compare(golden, path, "path/" + name + "/drift_mean_factor", point -> -point.alphaRatio());
            compare(golden, path, "path/" + name + "/drift_var", PathPoint::scoreFactor);
        }
    }

    private static void compareDiffusion(Path file, ProbabilityPath path, String name) throws IOException {
        try (TensorFile golden = Npz.open(file)) {
            int compared = 0;
            for (DiffusionForm form : DiffusionForm.values()) {
                String stored = form == DiffusionForm.SBDM ? "SBDM" : form.toString();
                for (String norm : List.of("1", "0.5")) {
                    String array = "diffusion/" + name + "/" + stored + "/norm" + norm;
                    compare(golden, path, array, point -> form.at(point, Double.parseDouble(norm)));
                    compared++;
                }
            }
            assertThat(compared).isEqualTo(12);
        }
    }

    /** A function of t on the golden's grid: the float64 run where there is one. */
    private static void compare(
            TensorFile golden, ProbabilityPath path, String array, ToDoubleFunction<PathPoint> function)
            throws IOException {
        double[] grid = golden.doubles("grid");
        boolean exact = golden.contains(array + "_f64");
        double[] expected = golden.doubles(exact ? array + "_f64" : array);
        for (int i = 0; i < grid.length; i++) {
            double actual = function.applyAsDouble(path.at(grid[i]));
            if (!Double.isFinite(expected[i]) || Math.abs(expected[i]) > 1e6) {
                // Infinite here and there, or NaN there: ends of the path.
                assertThat(Double.isFinite(actual) && Math.abs(actual) < 1e6)
                        .as(array + " at t = " + grid[i] + ": " + actual + " for " + expected[i])
                        .isFalse();
                continue;
            }
            boolean losesDigits = path == ProbabilityPath.VP && grid[i] >= 0.999f && !exact;
            double relative = exact ? FUNCTION : losesDigits ? FLOAT_FUNCTION_VP_END : FLOAT_FUNCTION;
            assertThat(actual)
                    .as(array + " at t = " + grid[i])
                    .isCloseTo(expected[i], within(ZERO + relative * Math.abs(expected[i])));
        }
    }

    private static void compareConversions(Path file, ProbabilityPath path, String name) throws IOException {
        try (TensorFile golden = Npz.open(file)) {
            String prefix = "convert/" + name + "/";
            compareConversion(golden, path, prefix + "score_from_velocity", Prediction.VELOCITY::toScore);
            compareConversion(golden, path, prefix + "noise_from_velocity", Prediction.VELOCITY::toNoise);
            compareConversion(golden, path, prefix + "velocity_from_score", Prediction.SCORE::toVelocity);
            for (Prediction prediction : Prediction.values()) {
                compareConversion(golden, path, prefix + "flow_drift_" + prediction, prediction::toVelocity);
                compareConversion(golden, path, prefix + "score_" + prediction, prediction::toScore);
            }
        }
    }

    private static void compareConversion(
            TensorFile golden,
            ProbabilityPath path,
            String array,
            java.util.function.Function<PathPoint, Conversion> conversion)
            throws IOException {
        double[] times = golden.doubles("t");
        FloatArray x = golden.floats("convert/x");
        FloatArray output = golden.floats("convert/model");
        boolean exact = golden.contains(array + "_f64");
        double[] expected = golden.doubles(exact ? array + "_f64" : array);
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        int size = x.rowSize();
        for (int row = 0; row < times.length; row++) {
            Conversion factors = conversion.apply(path.at(times[row]));
            boolean losesDigits = path == ProbabilityPath.VP && times[row] >= 0.999f && !exact;
            for (int i = row * size; i < (row + 1) * size; i++) {
                double allowed = (exact ? FUNCTION : losesDigits ? FLOAT_FUNCTION_VP_END : FLOAT_FUNCTION)
                        * Math.max(1, Math.abs(expected[i]));
                assertThat(factors.apply(x.values()[i], output.values()[i]))
                        .as(array + "[" + i + "] at t = " + times[row])
                        .isCloseTo(expected[i], within(allowed));
            }
        }
        assertThat(largest).isPositive();
    }

    private static void comparePlan(Path file, ProbabilityPath path, String name) throws IOException {
        try (TensorFile golden = Npz.open(file)) {
            FloatArray data = golden.floats("x1");
            FloatArray noise = golden.floats("x0");
            float[] times = golden.floats("t").values();
            float[] position = new float[data.values().length];
            float[] velocity = new float[position.length];
            for (int row = 0; row < data.rows(); row++) {
                path.write(
                        data.values(),
                        noise.values(),
                        times[row],
                        position,
                        velocity,
                        row * data.rowSize(),
                        data.rowSize());
            }
            ArrayAssert.assertThat(thinned(new FloatArray(data.shape(), position)))
                    .isWithin(PLAN, golden.floats("plan/" + name + "/xt"));
            FloatArray expected = golden.floats("plan/" + name + "/ut");
            ArrayAssert.assertThat(thinned(new FloatArray(data.shape(), velocity)))
                    .isWithinShareOfLargest(path == ProbabilityPath.VP ? FLOAT_FUNCTION_VP_END : PLAN, expected);
        }
    }

    /** The golden keeps every 4th row and column. */
    private static FloatArray thinned(FloatArray all) {
        int[] shape = all.shape();
        FloatArray thin = FloatArray.zeros(shape[0], shape[1], shape[2] / 4, shape[3] / 4);
        int place = 0;
        for (int plane = 0; plane < shape[0] * shape[1]; plane++) {
            for (int y = 0; y < shape[2]; y += 4) {
                for (int x = 0; x < shape[3]; x += 4) {
                    thin.values()[place++] = all.values()[(plane * shape[2] + y) * shape[3] + x];
                }
            }
        }
        return thin;
    }

    private static void compareLosses(Path file, Path weights, ProbabilityPath path, String name) throws IOException {
        try (TensorFile golden = Npz.open(file)) {
            for (Prediction prediction : Prediction.values()) {
                for (LossWeight weight : LossWeight.values()) {
                    String array = "loss/" + name + "/" + prediction + "/" + weight;
                    if (golden.contains(array)) {
                        FloatArray actual = loss(golden, weights, new Transport(path, prediction), weight);
                        double[] expected = golden.doubles(array + "_f64");
                        float[] times = golden.floats("t").values();
                        for (int row = 0; row < expected.length; row++) {
                            assertThat((double) actual.values()[row])
                                    .as(array + "[" + row + "], t = " + times[row])
                                    .isCloseTo(expected[row], within(LOSS * Math.abs(expected[row])));
                        }
                    } else {
                        assertThat(prediction).as(array).isEqualTo(Prediction.VELOCITY);
                    }
                }
            }
        }
    }

    private static FloatArray loss(TensorFile golden, Path weights, Transport transport, LossWeight weight)
            throws IOException {
        FloatArray data = golden.floats("x1");
        FloatArray noise = golden.floats("x0");
        FloatArray times = golden.floats("t");
        int rows = data.rows();
        int size = data.rowSize();
        FloatArray position = FloatArray.zeros(data.shape());
        FloatArray target = FloatArray.zeros(data.shape());
        FloatArray scales = FloatArray.zeros(rows);
        FloatArray factors = FloatArray.zeros(rows);
        for (int row = 0; row < rows; row++) {
            TrainingTarget formed = transport.write(
                    data.values(),
                    noise.values(),
                    times.values()[row],
                    position.values(),
                    target.values(),
                    row * size,
                    size,
                    weight);
            scales.values()[row] = (float) formed.scale();
            factors.values()[row] = (float) formed.weight();
        }
        ModelDescription description = GoldenModel.description(weights);
        try (TrainingGraph graph = new TrainingGraph(
                        description.config(),
                        description.schedule(),
                        new BatchPlan(List.of(rows)),
                        new StepOptions(Packing.LEVELS, false, transport.prediction(), 0, 1),
                        AdamW.Constants.PAPER,
                        List.of("ema"),
                        SessionOptions.DEFAULT);
                TensorFile parameters = TensorFiles.open(weights, Optional.empty())) {
            graph.initialize(0);
            ModelWeights.load(graph.session(), graph.model(), parameters);
            return graph.losses(
                    new TrainingBatch(position, target, times, GoldenModel.ints(golden.longs("y")), scales, factors));
        }
    }
}
