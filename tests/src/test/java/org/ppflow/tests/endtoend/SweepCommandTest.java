package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ppflow.tests.endtoend.CommandLineRun.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.sweep.CostRecord;
import org.ppflow.app.sweep.GuidanceRecord;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sweep} as a person types it, on a model of a few steps. */
class SweepCommandTest {
    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void writeConfig() throws IOException {
        config = Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                schedules: [ppf-2]
                classifier: {steps: 4}
                model: {depth: 1, hidden: 16, heads: 2}
                training:
                  images: 16
                  batch: 4
                  learning_rate: {peak: 1e-3, warmup_steps: 0, decay_fraction: 0}
                  ema: {decay: 0.9}
                  checkpoint_every: 4
                sampling: {count: 20, solver: euler, steps: 4, batch: 10, guidance: 1}
                runtime: {threads: 1}
                """);
    }

    @Test
    void guidance_isSearchedOnce_andGoesOnFromWhatIsThere() throws IOException {
        Outcome plan = guidance("--dry-run");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("5 candidates of 20 samples in the first round");
        assertThat(folder.resolve("runs")).doesNotExist();

        Outcome first = guidance();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("classifier-FD", "best", "GFLOPs a sample");
        Path file = only("guidance.ppf-2.classifier_fd.");
        GuidanceRecord record = GuidanceRecord.FILE.read(file);
        assertThat(record.points()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(first.out().contains("A scale is the largest of the grid"))
                .isEqualTo(record.best().contains(2.0));
        assertThat(record.points().stream().filter(GuidanceRecord.Point::best))
                .singleElement()
                .satisfies(best -> {
                    assertThat(best.scales()).isEqualTo(record.best());
                    assertThat(record.points()).allMatch(point -> point.value() >= best.value());
                });
        // Guidance doubles a level's passes: 2 of 4 evaluations at each level.
        Map<List<Double>, Double> flops = new HashMap<>();
        record.points().forEach(point -> flops.put(point.scales(), point.flops()));
        double unguided = flops.get(List.of(1.0, 1.0));
        assertThat(flops.get(List.of(2.0, 1.0))).isBetween(unguided, 1.5 * unguided);

        byte[] bytes = Files.readAllBytes(file);
        List<Path> points = points();
        assertThat(points).hasSameSizeAs(record.points());
        // As if the search had been killed before its last candidates.
        Files.delete(points.get(0));
        Files.writeString(points.get(1), "cut off");
        Map<Path, Object> kept = new HashMap<>();
        for (Path point : points.subList(2, points.size())) {
            kept.put(point, Files.getLastModifiedTime(point));
        }
        Outcome again = guidance("--json", "-");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(again.out()).isEqualTo(Files.readString(file));
        assertThat(points()).isEqualTo(points);
        for (Map.Entry<Path, Object> point : kept.entrySet()) {
            assertThat((Object) Files.getLastModifiedTime(point.getKey())).isEqualTo(point.getValue());
        }
        assertThat(folder.resolve("runs/tiny/sweeps/scratch")).doesNotExist();

        // Another metric of the same samples: nothing is drawn.
        Outcome other = guidance("--metric", "label_agreement");
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(other.err()).contains("label_agreement");
        GuidanceRecord agreement = GuidanceRecord.FILE.read(only("guidance.ppf-2.label_agreement."));
        assertThat(agreement.points())
                .allMatch(point -> point.value()
                        <= agreement.points().stream()
                                .filter(GuidanceRecord.Point::best)
                                .findFirst()
                                .orElseThrow()
                                .value());
        Outcome unknown = guidance("--metric", "classifier_df");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean 'classifier_fd'?");
    }

    @Test
    void cost_isThatOfTheLedger_andTheWeightsOfTheRunGivenByNameGiveTheSame() throws IOException {
        Outcome plan = cost("--dry-run", "--json", "-");
        JsonNode planned = JsonMapper.shared().readTree(plan.out());
        assertThat(planned).hasSize(4);
        Outcome swept = cost("--figure", folder.resolve("figure"));
        assertThat(swept.code()).as(swept.err()).isZero();
        Path file = only("cost.ppf-2.classifier_fd.");
        CostRecord record = CostRecord.FILE.read(file);
        assertThat(record.points())
                .extracting(CostRecord.Point::label)
                .containsExactly("0.25, 2 steps", "0.25, 4 steps", "0.5, 2 steps", "0.5, 4 steps");
        assertThat(record.points()).isEqualTo(CostRecord.marked(record.points(), true));
        assertThat(record.points()).anyMatch(CostRecord.Point::pareto);
        // Euler at t = 0, 1/4, 1/2, 3/4: one or two of four evaluations have a quarter of the tokens.
        double coarse = flops(64 / 4);
        double fine = flops(64);
        assertThat(record.points().get(1).flops()).isCloseTo(coarse + 3 * fine, within(1e-3));
        assertThat(record.points().get(3).flops()).isCloseTo(2 * coarse + 2 * fine, within(1e-3));
        assertThat(record.points().get(3).nfe()).isEqualTo(4);
        assertThat(planned.get(3).get("flops").asDouble())
                .isEqualTo(record.points().get(3).flops());
        assertThat(folder.resolve("figure.svg")).content().contains("GFLOPs");
        assertThat(folder.resolve("figure.png")).isNotEmptyFile();

        byte[] bytes = Files.readAllBytes(file);
        Path weights = folder.resolve("runs/tiny/models/ppf-2/checkpoints/00000004/ema-0.9.safetensors");
        Outcome named = cost("--weights", weights);
        assertThat(named.code()).as(named.err()).isZero();
        assertThat(Files.readAllBytes(only("cost.ppf-2.classifier_fd."))).isEqualTo(bytes);

        Outcome downwards = run(
                "sweep",
                "cost",
                config,
                "--runs",
                folder.resolve("runs"),
                "--count",
                20,
                "--boundaries",
                "0.3",
                "--boundaries",
                "0.2");
        assertThat(downwards.code()).isEqualTo(2);
        assertThat(downwards.err()).contains("2 lists of times for 1 boundaries");
        Outcome other = cost("--weights", CommandLineRun.weights("ppf2"));
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("weights written by this toolkit");
    }

    @Test
    void aCellOfAGrid_isSweptOverWhereItRan() throws IOException {
        Files.writeString(
                config, Files.readString(config) + "cells: {One: {}, Two: {seed: 3}}\ngrid: {seed: [0, 1]}\n");
        Outcome many = cost("--cell", "One");
        assertThat(many.code()).isEqualTo(2);
        assertThat(many.err()).contains("One, seed 0", "One, seed 1", "--set");
        Outcome early = cost("--cell", "One", "--set", "seed=1");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("bin/ppflow run", "--cells One");
        Outcome ran = run("run", config, "--runs", folder.resolve("runs"), "--cells", "One", "--set", "seed=1");
        assertThat(ran.code()).as(ran.err()).isZero();
        Outcome swept =
                sweep(List.of("cost", config, "--count", 20, "--steps", "2", "--cell", "One", "--set", "seed=1"));
        assertThat(swept.code()).as(swept.err()).isZero();
        try (Stream<Path> sweeps = Files.list(folder.resolve("runs/tiny/one-seed-1/sweeps"))) {
            assertThat(sweeps.filter(file -> file.toString().endsWith(".json"))).hasSize(1);
        }
    }

    /** Of a pass at depth 1 and width 16: 24·L·D² + 4·L²·D. */
    private static double flops(int tokens) {
        return 24.0 * tokens * 16 * 16 + 4.0 * tokens * tokens * 16;
    }

    private Outcome guidance(Object... more) {
        return sweep(
                List.of("guidance", config, "--count", 20, "--from", 1, "--to", 2, "--step", 0.5, "--halvings", 0),
                more);
    }

    private Outcome cost(Object... more) {
        return sweep(List.of("cost", config, "--count", 20, "--boundaries", "0.25,0.5", "--steps", "2,4"), more);
    }

    private Outcome sweep(List<Object> arguments, Object... more) {
        List<Object> all = new ArrayList<>(List.of("sweep"));
        all.addAll(arguments);
        all.addAll(List.of("--runs", folder.resolve("runs")));
        all.addAll(List.of(more));
        return run(all.toArray());
    }

    private Path only(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs/tiny/sweeps"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private List<Path> points() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs/tiny/sweeps/points"))) {
            return files.sorted().toList();
        }
    }
}
