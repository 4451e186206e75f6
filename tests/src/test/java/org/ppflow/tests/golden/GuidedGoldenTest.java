package org.ppflow.tests.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.forward.ForwardInput;
import org.ppflow.flow.forward.ForwardPass;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;

/** Guided passes of the published code, which doubles the batch: first half with classes, second half without. */
class GuidedGoldenTest {
    /** The scale multiplies the error of a forward pass (golden README, suggested tolerances). */
    private static final double TOLERANCE = 7e-5;

    /** The authors guide the first three of four channels. */
    private static final int AUTHORS_CHANNELS = 3;

    @TestFactory
    List<DynamicTest> guidedPasses() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("model", "guided.npz")) {
            GoldenModel.weights(file.getParent(), "weights")
                    .ifPresent(weights -> tests.add(
                            dynamicTest(file.getParent().getFileName() + ": guided", () -> compare(file, weights))));
        }
        return GoldenFolder.checked(tests);
    }

    private static void compare(Path file, Path weights) throws IOException {
        try (SamplingGraph network = GoldenModel.open(weights);
                TensorFile golden = Npz.open(file)) {
            FloatArray x = golden.floats("x");
            int rows = x.rows() / 2;
            int[] labels = Arrays.copyOf(GoldenModel.ints(golden.longs("y")), rows);
            boolean oneScale = golden.contains("scale");
            List<Double> scales = new ArrayList<>();
            for (float scale : golden.floats(oneScale ? "scale" : "scales").values()) {
                scales.add((double) scale);
            }
            List<Double> forLevels =
                    oneScale ? Collections.nCopies(network.schedule().count(), scales.get(0)) : scales;
            float[] times = golden.floats("t").values();
            // SiT's golden has a time for each row and one output, PPFlow's one output for each time.
            int passes = oneScale ? 1 : times.length;
            for (int pass = 0; pass < passes; pass++) {
                double[] t = new double[rows];
                for (int row = 0; row < rows; row++) {
                    t[row] = times[oneScale ? row : pass];
                }
                ForwardInput input = new ForwardInput(x.slice(0, rows), t, labels);
                compare(network, input, forLevels, AUTHORS_CHANNELS, expected(golden, oneScale ? "out" : "outs", pass));
                compare(network, input, forLevels, Guidance.ALL_CHANNELS, expected(golden, "out_all_channels", pass));
            }
        }
    }

    private static void compare(
            SamplingGraph network, ForwardInput input, List<Double> scales, int channels, FloatArray expected) {
        ForwardPass pass = new ForwardPass(network, new Guidance(scales, channels), Boundary.AUTHORS, 16);
        ArrayAssert.assertThat(pass.velocity(input, done -> {}))
                .as("t = " + Arrays.toString(input.t()) + ", " + (channels == 0 ? "all" : channels) + " channels")
                .isWithin(TOLERANCE, expected.slice(0, input.t().length));
    }

    private static FloatArray expected(TensorFile golden, String name, int pass) throws IOException {
        FloatArray all = golden.floats(name);
        return all.shape().length == 5 ? GoldenModel.at(all, pass) : all;
    }
}
