package org.ppflow.app.command.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.ModelOptions;
import org.ppflow.app.command.OptionRange;
import org.ppflow.app.command.ScheduledNetwork;
import org.ppflow.app.command.sample.SessionFlags;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.flow.sampling.TimeGrid;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.MatrixProductPeak;
import org.ppflow.nn.session.PeakMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * {@code ppflow bench sample}: images a second of each schedule. Every level's pass is timed, schedules in turn so that what disturbs the
 * machine disturbs all of them, and the median is weighed with the solver's evaluations of the level.
 */
@Command(
        name = "sample",
        description =
                "Measure sampling: passes of every level, weighed with the solver's evaluations. Weights are random; time does not"
                        + " depend on them. Ratios are over the first row.",
        footer = {
            "",
            "Example: ppflow bench sample --model S --schedule sit,ppf-2,ppf-3 --batch 16",
            "         ppflow bench sample --schedule sit,configs/quickstart.yaml --batch 50"
        })
final class SampleBench implements Callable<Integer> {
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
            description = "Samples a pass, doubled by guidance (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(
            names = "--solver",
            paramLabel = "NAME",
            defaultValue = "heun",
            completionCandidates = KnownNames.OfSolvers.class,
            description = "A solver with the grid's steps, of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String solver = "heun";

    @Option(
            names = "--points",
            paramLabel = "P",
            defaultValue = "250",
            description = "Its grid points (default: ${DEFAULT-VALUE}).")
    private int points = 250;

    @Option(
            names = "--guidance",
            paramLabel = "SCALE",
            defaultValue = "1.5",
            description = "Guidance scale, 1 for none (default: ${DEFAULT-VALUE}).")
    private String guidance = "1.5";

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Timed passes of each level (default: ${DEFAULT-VALUE}).")
    private int repeats = 5;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the rows as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        JsonOutput.requireWritable(json);
        OptionRange.requireAtLeast("--batch", batch, 1);
        OptionRange.requireAtLeast("--repeats", repeats, 1);
        OptionRange.require("--points", points, 2, 1_000_000);
        List<ScheduledNetwork> all = networks.all();
        List<Entry> entries = new ArrayList<>();
        double peak;
        BenchLoad load;
        try (Progress.Task task =
                ConsoleProgress.of(spec.commandLine().getErr()).start("bench sample", repeats, "rounds")) {
            try {
                for (ScheduledNetwork network : all) {
                    entries.add(entry(network));
                }
                entries.forEach(Entry::warmUp);
                load = BenchLoad.start(session.options().threads());
                for (int round = 0; round < repeats; round++) {
                    entries.forEach(Entry::time);
                    task.advanceTo(round + 1L);
                }
                load.stop();
            } finally {
                entries.forEach(Entry::close);
            }
            peak = MatrixProductPeak.gigaflops(session.options());
        }
        report(entries, ScheduledNetwork.labels(all), peak, load, out);
        return ExitCode.DONE;
    }

    private Entry entry(ScheduledNetwork network) {
        LevelSchedule schedule = network.chosen().schedule();
        DitConfig config = network.config();
        Guidance scales = ModelOptions.guidance(guidance, "all", schedule.count());
        SamplingMethod method = new SamplingMethod.Ode(OdeSolvers.named(solver), TimeGrid.even(points - 1));
        if (!method.countable()) {
            throw BadInputException.at("--solver " + solver)
                    .found("a solver that chooses its steps")
                    .expected("one with the grid's steps")
                    .build();
        }
        SamplingLedger ledger = SamplingLedger.count(
                new SamplingCost(config.flops(), schedule), new SamplingPlan(method, scales), Optional.empty());
        return new Entry(
                network, ledger, SamplingGraph.random(new ModelDescription(config, schedule), session.options(), 0));
    }

    private void report(List<Entry> entries, List<String> labels, double peak, BenchLoad load, PrintWriter out)
            throws IOException {
        ArrayNode rows = JsonMapper.shared().createArrayNode();
        List<String> lines = new ArrayList<>();
        double first = entries.get(0).secondsAnImage();
        double firstFlops = entries.get(0).ledger.all();
        int width = labels.stream().mapToInt(String::length).reduce(LEAST_SCHEDULE, Math::max);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double seconds = entry.secondsAnImage();
            double gigaflops = entry.ledger.all() / seconds / GIGA;
            load.put(rows.addObject())
                    .put("size", entry.network.name())
                    .put("schedule", entry.network.chosen().label())
                    .put("precision", session.arithmetic())
                    .put("batch", batch)
                    .put("nfe", entry.ledger.nfe())
                    .put("images_per_s", 1 / seconds)
                    .put("step_s", seconds * batch / (points - 1))
                    .put("speed_ratio", first / seconds)
                    .put("speed_ratio_by_flops", firstFlops / entry.ledger.all())
                    .put("gflops", gigaflops)
                    .put("peak_gflops", peak)
                    .put("share_of_peak", gigaflops / peak)
                    .put("peak_memory_mb", PeakMemory.megabytes());
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + width + "s %5.0f %13.4g %10.4g %8.2f %10.2f %9.1f %8.0f%n",
                    labels.get(i),
                    entry.ledger.nfe(),
                    1 / seconds,
                    seconds * batch / (points - 1),
                    first / seconds,
                    firstFlops / entry.ledger.all(),
                    gigaflops,
                    100 * gigaflops / peak));
        }
        if (json == null || !json.equals("-")) {
            out.printf(
                    Locale.ROOT,
                    "%-" + width + "s %5s %13s %10s %8s %10s %9s %8s%n",
                    "schedule",
                    "NFE",
                    "images/s",
                    "s a step",
                    "ratio",
                    "by FLOPs",
                    "GFLOP/s",
                    "% peak");
            lines.forEach(out::print);
            out.printf(
                    Locale.ROOT,
                    "%s, batch %d, %s; peak %.0f GFLOP/s (product of 2048x2048 matrices)%n",
                    BenchedNetworks.title(
                            entries.stream().map(entry -> entry.network).toList()),
                    batch,
                    session.arithmetic(),
                    peak);
            load.print(out);
            out.flush();
        }
        JsonOutput.write(json, rows, out);
    }

    /** One schedule under measurement. */
    private final class Entry implements AutoCloseable {
        private final ScheduledNetwork network;
        private final LevelSchedule schedule;
        private final SamplingLedger ledger;
        private final SamplingGraph graph;
        private final DitConfig config;
        private final List<List<Double>> plain = new ArrayList<>();
        private final List<List<Double>> guided = new ArrayList<>();

        Entry(ScheduledNetwork network, SamplingLedger ledger, SamplingGraph graph) {
            this.network = network;
            this.schedule = network.chosen().schedule();
            this.ledger = ledger;
            this.graph = graph;
            this.config = network.config();
            for (int level = 0; level < schedule.count(); level++) {
                plain.add(new ArrayList<>());
                guided.add(new ArrayList<>());
            }
        }

        void warmUp() {
            time();
            plain.forEach(List::clear);
            guided.forEach(List::clear);
        }

        void time() {
            for (int level = 0; level < schedule.count(); level++) {
                double with = ledger.counts().guided().get(level);
                if (with > 0) {
                    guided.get(level).add(seconds(level, 2 * batch));
                }
                if (ledger.counts().evaluations().get(level) > with) {
                    plain.get(level).add(seconds(level, batch));
                }
            }
        }

        double secondsAnImage() {
            double sum = 0;
            for (int level = 0; level < schedule.count(); level++) {
                double with = ledger.counts().guided().get(level);
                double without = ledger.counts().evaluations().get(level) - with;
                sum += (with > 0 ? with * median(guided.get(level)) : 0)
                        + (without > 0 ? without * median(plain.get(level)) : 0);
            }
            return sum / batch;
        }

        private double seconds(int level, int rows) {
            FloatArray x = FloatArray.zeros(rows, config.channels(), config.height(), config.width());
            float[] times = new float[rows];
            Arrays.fill(times, (float) schedule.level(level).start());
            long start = System.nanoTime();
            graph.output(level, x, times, new int[rows]);
            return (System.nanoTime() - start) / NANOSECONDS;
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
