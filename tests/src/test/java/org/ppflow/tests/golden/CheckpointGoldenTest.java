package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.forward.ForwardInput;
import org.ppflow.flow.forward.ForwardPass;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.Torch;
import org.ppflow.nn.weights.TorchFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that PyTorch wrote: plain state dicts, and training checkpoints with model, EMA, optimizer and arguments. */
class CheckpointGoldenTest {
    private static final double TOLERANCE = 2e-5;

    @TestFactory
    List<DynamicTest> filesOfPyTorch() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : List.of("weights", "small")) {
            for (Path file : GoldenFolder.find("model", name + ".pt")) {
                Path twin = file.resolveSibling(name + ".safetensors");
                if (Files.exists(twin)) {
                    tests.add(dynamicTest(place(file) + " holds the bits of its twin", () -> compareBits(file, twin)));
                }
            }
        }
        for (Path file : GoldenFolder.find("model", "checkpoint.pt")) {
            Path golden = file.resolveSibling("checkpoint.npz");
            if (Files.exists(golden)) {
                tests.add(dynamicTest(place(file) + ": model and ema", () -> compareOutputs(file, golden)));
                Path parameters = file.resolveSibling("checkpoint_params.json");
                if (Files.exists(parameters)) {
                    tests.add(
                            dynamicTest(place(file) + ": optimizer", () -> compareOptimizer(file, golden, parameters)));
                }
            }
        }
        return GoldenFolder.checked(tests);
    }

    private static String place(Path file) {
        return file.getParent().getFileName() + "/" + file.getFileName();
    }

    private static void compareBits(Path file, Path twin) throws IOException {
        try (TensorFile read = Torch.open(file, Optional.empty());
                TensorFile expected = Safetensors.open(twin)) {
            assertThat(read.names()).containsExactlyInAnyOrderElementsOf(expected.names());
            for (String name : expected.names()) {
                assertThat(read.info(name)).isEqualTo(expected.info(name));
                assertThat(read.bytes(name)).as(name).isEqualTo(expected.bytes(name));
            }
        }
    }

    private static void compareOutputs(Path file, Path goldenFile) throws IOException {
        try (TensorFile golden = Npz.open(goldenFile)) {
            FloatArray x = golden.floats("x");
            int[] labels = GoldenModel.ints(golden.longs("y"));
            float[] times = golden.floats("t").values();
            for (String which : List.of("model", "ema")) {
                try (SamplingGraph network = GoldenModel.open(file, Optional.of(which))) {
                    for (int i = 0; i < times.length; i++) {
                        double[] t = new double[labels.length];
                        java.util.Arrays.fill(t, times[i]);
                        Guidance none = Guidance.uniform(1, network.schedule().count());
                        ForwardPass pass = new ForwardPass(network, none, Boundary.AUTHORS, 16);
                        ArrayAssert.assertThat(pass.velocity(new ForwardInput(x, t, labels), done -> {}))
                                .as(which + ", t = " + times[i])
                                .isWithin(TOLERANCE, GoldenModel.at(golden.floats("out_" + which), i));
                    }
                }
            }
            try (TorchFile preferred = Torch.open(file, Optional.empty())) {
                assertThat(preferred.part()).contains("ema");
                assertThat(preferred.metadata()).containsKey("args.model");
            }
        }
    }

    /** The optimizer counts parameters in the order of the state dict. */
    private static void compareOptimizer(Path file, Path goldenFile, Path parameters) throws IOException {
        JsonNode names =
                JsonMapper.shared().readTree(Files.readString(parameters)).path("parameters");
        try (TensorFile golden = Npz.open(goldenFile);
                TensorFile optimizer = Torch.open(file, Optional.of("opt"));
                TensorFile model = Torch.open(file, Optional.of("model"))) {
            assertThat(model.names())
                    .containsExactlyElementsOf(
                            names.valueStream().map(JsonNode::asString).toList());
            int compared = 0;
            for (String stored : golden.names()) {
                int slash = stored.indexOf('/');
                if (slash > 0) {
                    int index = model.names().indexOf(stored.substring(slash + 1));
                    String state = "state." + index + "." + stored.substring(0, slash);
                    assertThat(optimizer.floats(state)).as(stored).isEqualTo(golden.floats(stored));
                    assertThat(optimizer.floats("state." + index + ".step").values())
                            .isEqualTo(golden.floats("step").values());
                    compared++;
                }
            }
            assertThat(compared).isPositive();
        }
    }
}
