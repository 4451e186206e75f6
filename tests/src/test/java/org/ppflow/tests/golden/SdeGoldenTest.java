package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.GuidedNetworks;
import org.ppflow.flow.sampling.LastStep;
import org.ppflow.flow.sampling.NetworkField;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SdeSolver;
import org.ppflow.flow.sampling.TimeGrid;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SDE runs of the published code, with its noise. */
class SdeGoldenTest {
    /** Velocity prediction (golden README, suggested tolerances). */
    private static final double VELOCITY = 3e-5;

    /** SBDM, whose coefficient is 1000 at the start. */
    private static final double SBDM = 6e-4;

    /** Noise and score prediction: share of the largest value, since those of a random network reach 5e4. */
    private static final double OTHER_SHARE = 1e-5;

    @TestFactory
    List<DynamicTest> sdeRuns() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("transport", "sde.npz")) {
            Path cases = file.resolveSibling("sde_cases.json");
            if (!Files.exists(cases)) {
                continue;
            }
            for (JsonNode one : JsonMapper.shared().readTree(Files.readString(cases))) {
                GoldenFolder.find("model", "weights.safetensors").stream()
                        .filter(path ->
                                path.getParent().endsWith(one.get("model").asString()))
                        .findFirst()
                        .ifPresent(weights ->
                                tests.add(dynamicTest(one.get("key").asString(), () -> compare(file, weights, one))));
            }
        }
        return GoldenFolder.checked(tests);
    }

    private static void compare(Path file, Path weights, JsonNode one) throws IOException {
        Transport transport = new Transport(
                ProbabilityPath.valueOf(one.get("path").asString().toUpperCase(Locale.ROOT)),
                Prediction.valueOf(one.get("prediction").asString().toUpperCase(Locale.ROOT)));
        SdeSolver solver = new SdeSolver(
                SdeSolver.Method.valueOf(one.get("sampler").asString().toUpperCase(Locale.ROOT)),
                form(one.get("form").asString()),
                one.get("norm").asDouble(),
                one.get("last_step").isNull()
                        ? LastStep.NONE
                        : LastStep.valueOf(one.get("last_step").asString().toUpperCase(Locale.ROOT)),
                one.get("last_step_size").asDouble(0));
        // What the reference makes of its eps; where that is not finite, ours is.
        boolean finite = one.get("finite").asBoolean();
        double eps = finite ? one.get("sample_eps").asDouble() : solver.eps(transport);
        TimeInterval interval = solver.interval(transport, eps);
        if (finite) {
            assertThat(interval.from()).isCloseTo(one.get("t0").asDouble(), within(1e-12));
            assertThat(interval.to()).isCloseTo(one.get("t1").asDouble(), within(1e-12));
        }
        int[] calls = {0};
        try (SamplingGraph network = GoldenModel.open(weights);
                TensorFile golden = Npz.open(file)) {
            NetworkField field = new NetworkField(
                    new GuidedNetworks(
                            network,
                            Guidance.uniform(1, network.schedule().count()),
                            Boundary.AUTHORS,
                            Optional.empty(),
                            (level, guided, rows) -> calls[0]++),
                    transport,
                    GoldenModel.ints(golden.longs("y")));
            FloatArray noise = golden.floats("noise");
            List<FloatArray> states = new ArrayList<>();
            FloatArray end = solver.solve(
                    field,
                    transport.path(),
                    golden.floats("z"),
                    TimeGrid.of(interval, one.get("points").asInt() - 1, 1, List.of()),
                    (step, target) -> System.arraycopy(
                            noise.values(), step * noise.rowSize(), target.values(), 0, noise.rowSize()),
                    (point, state) -> states.add(state));
            int stepCalls = solver.method() == SdeSolver.Method.HEUN ? 2 : 1;
            assertThat(calls[0])
                    .as("network calls")
                    .isEqualTo(stepCalls * one.get("steps").asInt() + (solver.lastStep() == LastStep.NONE ? 0 : 1));
            if (!finite) {
                for (float value : end.values()) {
                    assertThat(value).isFinite();
                }
                return;
            }
            String key = one.get("key").asString();
            compare(solver, transport, end, golden.floats(key + "/final"));
            if (golden.contains(key + "/states")) {
                FloatArray expected = golden.floats(key + "/states");
                for (int i = 0; i < expected.rows(); i++) {
                    compare(solver, transport, states.get(i + 1), GoldenModel.at(expected, i));
                }
            }
        }
    }

    private static void compare(SdeSolver solver, Transport transport, FloatArray actual, FloatArray expected) {
        if (transport.prediction() != Prediction.VELOCITY) {
            ArrayAssert.assertThat(actual).isWithinShareOfLargest(OTHER_SHARE, expected);
        } else {
            ArrayAssert.assertThat(actual).isWithin(solver.form() == DiffusionForm.SBDM ? SBDM : VELOCITY, expected);
        }
    }

    private static DiffusionForm form(String name) {
        return DiffusionForm.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
