package org.ppflow.app.command.bench;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.command.OptionRange;
import org.ppflow.app.command.ScheduledNetwork;
import org.ppflow.app.command.sample.SessionFlags;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.training.BatchDraw;
import org.ppflow.flow.training.LatentBatch;
import org.ppflow.flow.training.StepOptions;
import org.ppflow.flow.training.TrainingGraph;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.MatrixProductPeak;
import org.ppflow.nn.session.PeakMemory;
import org.ppflow.nn.session.StepProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * {@code ppflow bench train}: steps a second of each schedule. A step draws its batch, feeds it, and does forward pass, backward pass, AdamW and
 * one EMA. Schedules take turns, so that what disturbs the machine disturbs all of them; all their graphs are in memory, about 16 bytes a
 * parameter each beside activations.
 */
@Command(
        name = "train",
        description =
                "Measure training steps: drawn and fed batch, forward, backward, AdamW, one EMA. FLOPs are three passes through the"
                        + " blocks, by the levels' lengths. Ratios are over the first row.",
        footer = {
            "",
            "Example: ppflow bench train --model S --schedule sit,ppf-2,ppf-3 --batch 16 --latent 4x32x32",
            "         ppflow bench train --schedule sit,configs/quickstart.yaml --batch 48"
        })
final class TrainBench implements Callable<Integer> {
    private static final int LEAST_SCHEDULE = 16;
    private static final double NANOSECONDS = 1e9;
    private static final double GIGA = 1e9;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private SessionFlags session = new SessionFlags();

    @Mixin
    private BenchedNetworks networks = new BenchedNetworks();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Images a step (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "10",
            description = "Timed steps, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repeats = 10;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "3",
            description = "Steps before them (default: ${DEFAULT-VALUE}).")
    private int warmup = 3;

    @Option(
            names = "--packing",
            paramLabel = "NAMES",
            defaultValue = "levels",
            description =
                    "How images of several levels share a step: levels, bucketed, masked, authors, or several of them with"
                            + " commas between (default: ${DEFAULT-VALUE}).")
    private String packings = "levels";

    @Option(
            names = "--row",
            paramLabel = "N",
            description = "The N-th row alone, counted from 1, as if nothing stood beside it (default: all).")
    private @Nullable Integer row;

    @Option(names = "--recompute", description = "Compute the inside of each block again in the backward pass.")
    private boolean recompute;

    @Option(
            names = "--memory",
            description =
                    "Take the steps of each row once more in a process of their own, for the most memory that it has resident.")
    private boolean memory;

    @Option(names = "--profile", description = "Print as well where the time of a step goes, by kind of operation.")
    private boolean profile;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the rows as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        OptionRange.requireAtLeast("--batch", batch, 1);
        OptionRange.requireAtLeast("--repeats", repeats, 1);
        OptionRange.requireAtLeast("--warmup", warmup, 0);
        List<Row> rows = rows();
        List<Optional<Double>> alone = new ArrayList<>();
        for (Row one : rows) {
            // First, while this process holds nothing: a large model fits only once.
            alone.add(memory ? Optional.of(OwnProcess.peakMegabytes(arguments(one))) : Optional.empty());
        }
        double before = MatrixProductPeak.gigaflops(session.options());
        List<Entry> entries = new ArrayList<>();
        BenchLoad load;
        try (Progress.Task task = ConsoleProgress.of(spec.commandLine().getErr())
                .start("bench train", warmup + (long) repeats, "rounds")) {
            try {
                for (int i = 0; i < rows.size(); i++) {
                    entries.add(new Entry(rows.get(i), alone.get(i)));
                }
                load = BenchLoad.start(session.options().threads());
                for (int round = 0; round < warmup + repeats; round++) {
                    for (Entry entry : entries) {
                        entry.step(round + 1L, round >= warmup);
                    }
                    task.advanceTo(round + 1L);
                }
                load.stop();
                if (profile) {
                    for (Entry entry : entries) {
                        entry.printProfile(spec.commandLine().getErr());
                    }
                }
            } finally {
                entries.forEach(Entry::close);
            }
        }
        double after = MatrixProductPeak.gigaflops(session.options());
        report(entries, before, after, load, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<ScheduledNetwork> all = networks.all();
        List<String> labels = ScheduledNetwork.labels(all);
        for (int i = 0; i < all.size(); i++) {
            for (String packing : Splitter.on(',').trimResults().split(packings)) {
                rows.add(new Row(
                        rows.size() + 1,
                        all.get(i),
                        labels.get(i),
                        OptionChoice.of("--packing", packing, Packing.values())));
            }
        }
        if (row == null) {
            return rows;
        }
        OptionRange.require("--row", row, 1, rows.size());
        return List.of(rows.get(row - 1));
    }

    /** The same step with nothing beside it, twice. */
    private List<String> arguments(Row one) {
        List<String> arguments = new ArrayList<>(List.of(
                "bench",
                "train",
                "--json",
                "-",
                "--repeats",
                "1",
                "--warmup",
                "1",
                "--row",
                Integer.toString(one.number)));
        arguments.addAll(networks.arguments());
        arguments.addAll(List.of("--batch", Integer.toString(batch), "--packing", packings));
        arguments.addAll(session.arguments());
        if (recompute) {
            arguments.add("--recompute");
        }
        return arguments;
    }

    private void report(List<Entry> entries, double before, double after, BenchLoad load, PrintWriter out)
            throws IOException {
        double peak = Math.max(before, after);
        ArrayNode written = JsonMapper.shared().createArrayNode();
        List<String> lines = new ArrayList<>();
        Entry first = entries.get(0);
        int width = entries.stream().mapToInt(entry -> entry.row.label.length()).reduce(LEAST_SCHEDULE, Math::max);
        for (Entry entry : entries) {
            double seconds = entry.median();
            double gigaflops = entry.flops() * batch / seconds / GIGA;
            double ratio = first.median() / seconds;
            double byFlops = first.flops() / entry.flops();
            load.put(written.addObject())
                    .put("model", entry.row.network.name())
                    .put("schedule", entry.row.network.chosen().label())
                    .put("packing", entry.row.packing.toString())
                    .put("precision", session.arithmetic())
                    .put("batch", batch)
                    .put("images_per_s", batch / seconds)
                    .put("step_s", seconds)
                    .put("speed_ratio", ratio)
                    .put("speed_ratio_by_flops", byFlops)
                    .put("gflops", gigaflops)
                    .put("peak_gflops", peak)
                    .put("peak_gflops_before", before)
                    .put("peak_gflops_after", after)
                    .put("share_of_peak", gigaflops / peak)
                    .put("peak_memory_mb", entry.alone.orElseGet(PeakMemory::megabytes));
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + width + "s %-9s %10.4g %10.4g %8.2f %10.2f %9.1f %8.0f %8s%n",
                    entry.row.label,
                    entry.row.packing,
                    batch / seconds,
                    seconds,
                    ratio,
                    byFlops,
                    gigaflops,
                    100 * gigaflops / peak,
                    entry.alone
                            .map(mb -> String.format(Locale.ROOT, "%.0f", mb))
                            .orElse("-")));
        }
        if (json == null || !json.equals("-")) {
            out.printf(
                    Locale.ROOT,
                    "%-" + width + "s %-9s %10s %10s %8s %10s %9s %8s %8s%n",
                    "schedule",
                    "packing",
                    "images/s",
                    "s a step",
                    "ratio",
                    "by FLOPs",
                    "GFLOP/s",
                    "% peak",
                    "MB");
            lines.forEach(out::print);
            out.printf(
                    Locale.ROOT,
                    "%s, batch %d, %s%s; peak %.0f GFLOP/s before, %.0f after (product of 2048x2048 matrices); process"
                            + " at most %.0f MB%n",
                    BenchedNetworks.title(
                            entries.stream().map(entry -> entry.row.network).toList()),
                    batch,
                    session.arithmetic(),
                    recompute ? ", recomputation" : "",
                    before,
                    after,
                    PeakMemory.megabytes());
            load.print(out);
            out.flush();
        }
        JsonOutput.write(json, written, out);
    }

    /**
     * What is measured.
     *
     * @param number by which {@code --row} names it
     * @param network with its schedule
     * @param label in the table
     * @param packing of its steps
     */
    private record Row(int number, ScheduledNetwork network, String label, Packing packing) {}

    /** One row under measurement. */
    private final class Entry implements AutoCloseable {
        private final Row row;
        private final LevelSchedule schedule;
        private final DitConfig config;
        private final TrainingGraph graph;
        private final BatchDraw draw;
        private final LatentBatch data;
        private final List<Double> seconds = new ArrayList<>();
        private final Optional<Double> alone;

        Entry(Row row, Optional<Double> alone) {
            this.row = row;
            this.schedule = row.network.chosen().schedule();
            this.alone = alone;
            this.config = row.network.config();
            BatchPlan plan = BatchPlan.split(schedule, batch);
            this.draw = new BatchDraw(0, schedule, plan, config.classDropout(), config.nullClass());
            FloatArray latents = FloatArray.zeros(batch, config.channels(), config.height(), config.width());
            RandomStream.of(0, Purpose.TEST, 0).fillGaussian(latents.values(), 0, latents.values().length);
            this.data = new LatentBatch(latents, new int[batch]);
            this.graph = new TrainingGraph(
                    config,
                    schedule,
                    plan,
                    new StepOptions(row.packing, recompute, Prediction.VELOCITY, 0, 1),
                    AdamW.Constants.PAPER,
                    List.of("ema"),
                    session.options());
            graph.initialize(0);
        }

        void step(long step, boolean timed) {
            long start = System.nanoTime();
            graph.step(step, draw.draw(step, data), 1e-4, 0.9999);
            if (timed) {
                seconds.add((System.nanoTime() - start) / NANOSECONDS);
            }
        }

        void printProfile(PrintWriter err) {
            long step = warmup + repeats + 1L;
            StepProfile where = graph.profile(step, draw.draw(step, data), 1e-4, 0.9999);
            err.printf(
                    Locale.ROOT,
                    "%n%s, %s: a traced step of %.3f s, %.2f operations at a time, none in %.3f s%n%-28s %6s %10s %10s%n",
                    row.label,
                    row.packing,
                    where.seconds(),
                    where.concurrency(),
                    where.idleSeconds(),
                    "operation",
                    "count",
                    "s",
                    "s shared");
            where.kinds().stream()
                    .filter(kind -> kind.seconds() > 0.001 * where.seconds())
                    .forEach(kind -> err.printf(
                            Locale.ROOT,
                            "%-28s %6d %10.4f %10.4f%n",
                            kind.name(),
                            kind.count(),
                            kind.seconds(),
                            kind.sharedSeconds()));
            err.flush();
        }

        double median() {
            List<Double> sorted = seconds.stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }

        /** Of one image. */
        double flops() {
            return config.flops().trainingImage(schedule);
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
