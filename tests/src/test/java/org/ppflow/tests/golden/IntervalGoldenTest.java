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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.model.ModelSize;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.flow.sampling.TimeGrid;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which times the published code trains and samples between, and how many evaluations each level gets. */
class IntervalGoldenTest {
    private static final double EXACT = 1e-12;

    @TestFactory
    List<DynamicTest> intervals() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("transport", "intervals.json")) {
            JsonNode golden = JsonMapper.shared().readTree(Files.readString(file));
            for (JsonNode row : golden.get("defaults")) {
                tests.add(dynamicTest("eps of " + transport(row), () -> compareDefaults(row)));
            }
            for (JsonNode row : golden.get("intervals")) {
                String use = row.get("use").asString()
                        + (row.has("diffusion_form")
                                ? " " + row.get("diffusion_form").asString()
                                : "")
                        + (row.path("reverse").asBoolean(false) ? " reverse" : "")
                        + " last step " + row.path("last_step_size").asDouble(0);
                tests.add(dynamicTest(transport(row) + ": " + use, () -> compareInterval(row, golden.get("defaults"))));
            }
        }
        return GoldenFolder.checked(tests);
    }

    @TestFactory
    List<DynamicTest> ledgers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("transport", "level_ledger.json")) {
            for (JsonNode row : JsonMapper.shared().readTree(Files.readString(file))) {
                String name =
                        row.get("run").asString() + ", " + row.get("schedule").asString() + ", "
                                + row.get("rule").asString();
                tests.add(dynamicTest(name, () -> compareLedger(row)));
            }
        }
        return GoldenFolder.checked(tests);
    }

    private static void compareDefaults(JsonNode row) {
        Transport transport = transport(row);
        assertThat(TimeInterval.trainingEps(transport))
                .isEqualTo(row.get("sit").get("train_eps").asDouble());
        assertThat(TimeInterval.odeEps(transport))
                .isEqualTo(row.get("sit").get("sample_eps").asDouble());
    }

    private static void compareInterval(JsonNode row, JsonNode defaults) {
        Transport transport = transport(row);
        String use = row.get("use").asString();
        double eps = Double.NaN;
        for (JsonNode known : defaults) {
            if (transport(known).equals(transport)) {
                eps = known.get("sit")
                        .get(use.equals("training") ? "train_eps" : "sample_eps")
                        .asDouble();
            }
        }
        TimeInterval interval = switch (use) {
            case "training" -> TimeInterval.training(transport, eps);
            case "ode" -> TimeInterval.ode(transport, eps);
            default ->
                TimeInterval.sde(
                        transport,
                        DiffusionForm.valueOf(row.get("diffusion_form")
                                .asString()
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_')),
                        row.get("last_step_size").asDouble(),
                        eps);
        };
        double from = interval.from();
        double to = interval.to();
        if (row.path("reverse").asBoolean(false)) {
            // The reference mirrors both times; ours goes back the way it came, which differs on the VP path alone.
            assertThat(interval.reversed()).isEqualTo(new TimeInterval(to, from));
            from = 1 - interval.from();
            to = 1 - interval.to();
        }
        assertThat(from).isCloseTo(row.get("interval").get(0).asDouble(), within(EXACT));
        assertThat(to).isCloseTo(row.get("interval").get(1).asDouble(), within(EXACT));
    }

    private static void compareLedger(JsonNode row) {
        LevelSchedule schedule = LevelSchedule.preset(row.get("schedule").asString());
        List<Double> ends = schedule.levels().stream().map(PatchLevel::end).toList();
        for (int level = 0; level < schedule.count(); level++) {
            assertThat(ends.get(level))
                    .isEqualTo(row.get("boundaries").get(level + 1).asDouble());
        }
        String solver = Map.of("heun2", "heun")
                .getOrDefault(row.get("method").asString(), row.get("method").asString());
        SamplingPlan plan = new SamplingPlan(
                new SamplingMethod.Ode(
                        OdeSolvers.named(solver),
                        TimeGrid.even(row.get("points").asInt() - 1)),
                Transport.DEFAULT,
                Guidance.uniform(1, schedule.count()),
                row.get("rule").asString().equals("authors") ? Boundary.AUTHORS : Boundary.HALF_OPEN);
        SamplingLedger ledger = SamplingLedger.count(
                new SamplingCost(ModelSize.XL.imageNet(32, true).flops(), schedule), plan, Optional.empty());
        List<Double> expected = new ArrayList<>();
        row.get("exact").forEach(count -> expected.add(count.asDouble()));
        assertThat(ledger.counts().evaluations()).isEqualTo(expected);
        assertThat(ledger.nfe()).isEqualTo(row.get("evaluations").asDouble());
    }

    private static Transport transport(JsonNode row) {
        return new Transport(
                ProbabilityPath.valueOf(row.get("path").asString().toUpperCase(Locale.ROOT)),
                Prediction.valueOf(row.get("prediction").asString().toUpperCase(Locale.ROOT)));
    }
}
