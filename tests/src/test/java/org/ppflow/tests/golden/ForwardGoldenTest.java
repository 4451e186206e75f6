package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

/** Forward passes of the published code, layer by layer, so that a failure names the first layer that differs. */
class ForwardGoldenTest {
    /** About twenty times the reference's own float32 error (golden README, suggested tolerances). */
    private static final double TOLERANCE = 2e-5;

    @TestFactory
    List<DynamicTest> forwardPasses() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("model", "forward.npz")) {
            GoldenModel.weights(file.getParent(), "weights")
                    .ifPresent(weights -> tests.add(dynamicTest(
                            file.getParent().getFileName() + ": forward", () -> compareForward(file, weights))));
        }
        for (Path file : GoldenFolder.find("model", "inference.npz")) {
            GoldenModel.weights(file.getParent(), "weights")
                    .ifPresent(weights -> tests.add(dynamicTest(
                            file.getParent().getFileName() + ": every level", () -> compareLevels(file, weights))));
        }
        return GoldenFolder.checked(tests);
    }

    private static void compareForward(Path file, Path weights) throws IOException {
        try (SamplingGraph network = GoldenModel.open(weights);
                TensorFile golden = Npz.open(file)) {
            int[] labels = GoldenModel.ints(golden.longs("y"));
            Map<String, FloatArray> layers =
                    network.layers(0, golden.floats("x"), golden.floats("t").values(), labels);
            compareLayers(layers, golden, "");
            ArrayAssert.assertThat(layers.get("velocity")).as("out").isWithin(TOLERANCE, golden.floats("out"));
        }
    }

    private static void compareLevels(Path file, Path weights) throws IOException {
        try (SamplingGraph network = GoldenModel.open(weights);
                TensorFile golden = Npz.open(file)) {
            FloatArray x = golden.floats("x");
            int[] labels = GoldenModel.ints(golden.longs("y"));
            float[] times = golden.floats("t").values();
            int[] levels = GoldenModel.ints(golden.longs("level"));
            FloatArray expected = golden.floats("outs");
            for (int level = 0; level < network.schedule().count(); level++) {
                String prefix = "level" + level + "/";
                if (golden.contains(prefix + "cond")) {
                    compareLayers(nearestLayers(network, golden, prefix, level), golden, prefix);
                }
            }
            for (int i = 0; i < times.length; i++) {
                assertThat(network.schedule().levelAt(times[i], Boundary.AUTHORS))
                        .isEqualTo(levels[i]);
                ArrayAssert.assertThat(velocity(network, x, times[i], labels, Boundary.AUTHORS))
                        .as("t = " + times[i])
                        .isWithin(TOLERANCE, GoldenModel.at(expected, i));
            }
            if (golden.contains("outs_halfopen")) {
                float[] boundaries = golden.floats("t_halfopen").values();
                for (int i = 0; i < boundaries.length; i++) {
                    ArrayAssert.assertThat(velocity(network, x, boundaries[i], labels, Boundary.HALF_OPEN))
                            .as("t = " + boundaries[i] + ", half-open")
                            .isWithin(TOLERANCE, GoldenModel.at(golden.floats("outs_halfopen"), i));
                }
            }
        }
    }

    private static FloatArray velocity(
            SamplingGraph network, FloatArray x, float time, int[] labels, Boundary boundary) {
        double[] times = new double[labels.length];
        Arrays.fill(times, time);
        Guidance none = Guidance.uniform(1, network.schedule().count());
        // Three rows at a time, so that the rows of one level take several runs.
        return new ForwardPass(network, none, boundary, 3).velocity(new ForwardInput(x, times, labels), done -> {});
    }

    /** The golden says of a level's layers only that their time is one of this level's: the one whose conditioning is nearest. */
    private static Map<String, FloatArray> nearestLayers(
            SamplingGraph network, TensorFile golden, String prefix, int level) throws IOException {
        FloatArray conditioning = golden.floats(prefix + "cond");
        int rows = conditioning.rows();
        FloatArray x = golden.floats("x").slice(0, rows);
        int[] labels = Arrays.copyOf(GoldenModel.ints(golden.longs("y")), rows);
        Map<String, FloatArray> nearest = Map.of();
        double least = Double.POSITIVE_INFINITY;
        float[] times = golden.floats("t").values();
        long[] levels = golden.longs("level");
        for (int i = 0; i < times.length; i++) {
            if (levels[i] == level) {
                Map<String, FloatArray> layers = network.layers(level, x, GoldenModel.repeated(times[i], rows), labels);
                double distance = ArrayAssert.largestDifference(layers.get("cond"), conditioning);
                if (distance < least) {
                    least = distance;
                    nearest = layers;
                }
            }
        }
        return nearest;
    }

    /** In the order of the computation: the first that differs is the one to look at. */
    private static void compareLayers(Map<String, FloatArray> layers, TensorFile golden, String prefix)
            throws IOException {
        int compared = 0;
        for (Map.Entry<String, FloatArray> layer : layers.entrySet()) {
            String name = prefix + layer.getKey();
            if (golden.contains(name)) {
                ArrayAssert.assertThat(layer.getValue()).as(name).isWithin(TOLERANCE, golden.floats(name));
                compared++;
            }
        }
        assertThat(compared).as("layers of " + golden.path()).isGreaterThanOrEqualTo(prefix.isEmpty() ? 0 : 3);
    }
}
