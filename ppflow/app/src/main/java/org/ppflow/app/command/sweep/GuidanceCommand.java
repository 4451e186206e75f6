package org.ppflow.app.command.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.ExperimentOptions;
import org.ppflow.app.config.SamplingConfig;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.app.experiment.SweepStage;
import org.ppflow.app.sweep.CoordinateSearch;
import org.ppflow.app.sweep.GuidanceRecord;
import org.ppflow.app.sweep.ScaleGrid;
import org.ppflow.app.sweep.SweepSubject;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code ppflow sweep guidance CONFIG}. */
@Command(
        name = "guidance",
        description = {
            "Search the guidance scale of each level, one level after another, on few samples from the same noise.",
            "The first round looks at every scale from --from to --to; later ones go from the best to its neighbours, with ever"
                    + " smaller steps, until a round changes nothing."
        },
        footer = {
            "",
            "Example: ppflow sweep guidance configs/quickstart.yaml --schedule ppf-2",
            "         ppflow sweep guidance mine.yaml --from 1 --to 3 --step 0.5 --count 1000 --metric label_agreement"
        })
final class GuidanceCommand implements Callable<Integer> {
    private static final double GIGA = 1e9;
    private static final double TERA = 1e12;

    @Mixin
    private SweepOptions sweep = new SweepOptions();

    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Option(
            names = "--from",
            paramLabel = "S",
            defaultValue = "1",
            description = "Smallest scale; 1 is no guidance (default: ${DEFAULT-VALUE}).")
    private double from = 1;

    @Option(names = "--to", paramLabel = "S", defaultValue = "4", description = "Largest (default: ${DEFAULT-VALUE}).")
    private double to = 4;

    @Option(
            names = "--step",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "Between the scales of the first round (default: ${DEFAULT-VALUE}).")
    private double step = 0.5;

    @Option(
            names = "--halvings",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often the step is halved (default: ${DEFAULT-VALUE}).")
    private int halvings = 1;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Most rounds over the levels (default: ${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Override
    public Integer call() throws IOException {
        RunOptions how = options.options(RunOptions.Until.REPORT, sweep.config());
        how.requireWritable();
        SweepOptions.Chosen chosen = sweep.read(options.overrides(), how);
        ScaleGrid grid = new ScaleGrid(from, to, step, halvings);
        if (rounds < 1) {
            throw BadInputException.at("--rounds " + rounds)
                    .found("no round")
                    .expected("at least 1")
                    .build();
        }
        CoordinateSearch search = new CoordinateSearch(grid, rounds);
        requireScales(chosen);
        if (how.dryRun()) {
            plan(chosen, search, how);
            return ExitCode.DONE;
        }
        try (SweepStage stage = SweepStage.open(chosen.run(), chosen.model(), sweep.weights(), chosen.options())) {
            Search found = search(chosen, search, stage, how.err());
            GuidanceRecord record = record(chosen, search, stage, found);
            Path file =
                    stage.folder().resolve(sweep.fileName("guidance", record.subject(), grid + " " + rounds) + ".json");
            GuidanceRecord.FILE.write(file, record);
            how.tables().print(table(record).transposedText());
            how.tables().println("Record: " + file);
            how.tables().flush();
            how.writeJson(GuidanceRecord.FILE.text(record));
        }
        return ExitCode.DONE;
    }

    /** Both ends must be scales that the config allows: with others the search would end in the middle. */
    private void requireScales(SweepOptions.Chosen chosen) {
        for (double scale : new double[] {from, to}) {
            try {
                chosen.swept()
                        .withSampling(
                                way(chosen, Collections.nCopies(chosen.model().count(), scale)));
            } catch (IllegalArgumentException e) {
                throw BadInputException.at("--from " + from + " --to " + to)
                        .found(String.valueOf(e.getMessage()))
                        .expected("scales that the config may have")
                        .cause(e)
                        .build();
            }
        }
    }

    private static SamplingConfig way(SweepOptions.Chosen chosen, List<Double> scales) {
        return chosen.swept().sampling().withGuidance(scales);
    }

    private void plan(SweepOptions.Chosen chosen, CoordinateSearch search, RunOptions how) throws IOException {
        int first = search.firstRound(chosen.model().count());
        int samples = chosen.swept().sampling().count();
        how.tables()
                .printf(
                        Locale.ROOT,
                        "%s, %s: %d candidates of %d samples in the first round, then neighbours of the best in at most %d rounds%n",
                        chosen.run().name(),
                        chosen.model().name(),
                        first,
                        samples,
                        rounds - 1);
        ObjectNode figures =
                JsonMapper.shared().createObjectNode().put("first_round", first).put("samples", samples);
        Optional<SamplingLedger> guided = SweepStage.cost(
                chosen.swept(),
                chosen.model(),
                way(chosen, Collections.nCopies(chosen.model().count(), to)),
                chosen.model());
        if (guided.isPresent()) {
            double flops = guided.get().blocksOfPasses();
            how.tables()
                    .printf(
                            Locale.ROOT,
                            "%.4g GFLOPs a sample with guidance, %.4g TFLOPs at most in the first round%n",
                            flops / GIGA,
                            flops * samples * first / TERA);
            figures.put("flops", flops);
        }
        how.tables().flush();
        how.writeJson(figures.toPrettyString());
    }

    /** What was found, with the scores behind it. */
    private record Search(CoordinateSearch.Result result, Map<List<Double>, SweepStage.Score> scores) {}

    private Search search(SweepOptions.Chosen chosen, CoordinateSearch search, SweepStage stage, PrintWriter err)
            throws IOException {
        SweepProgress progress = new SweepProgress(err);
        Map<List<Double>, SweepStage.Score> scores = new HashMap<>();
        double sign = sweep.lowerIsBetter() ? 1 : -1;
        double[] best = {Double.POSITIVE_INFINITY};
        CoordinateSearch.Result result =
                search.minimize(chosen.swept().sampling().guidanceFor(chosen.model()), (scales, place) -> {
                    SamplingConfig way = way(chosen, scales);
                    boolean fresh = stage.known(way, chosen.model()).isEmpty();
                    long start = System.nanoTime();
                    SweepStage.Score score = stage.score("guidance " + text(scales), way, chosen.model());
                    if (fresh) {
                        progress.scored((System.nanoTime() - start) / 1e9);
                    }
                    scores.put(scales, score);
                    double value = sweep.value(score);
                    best[0] = Math.min(best[0], sign * value);
                    progress.line(
                            place.evaluated() + 1,
                            text(scales),
                            sweep.metric(),
                            value,
                            String.format(
                                    Locale.ROOT,
                                    "best %.4g; round %d of at most %d",
                                    sign * best[0],
                                    place.round(),
                                    rounds),
                            place.left());
                    return sign * value;
                });
        return new Search(result, scores);
    }

    private GuidanceRecord record(SweepOptions.Chosen chosen, CoordinateSearch search, SweepStage stage, Search found)
            throws IOException {
        SweepSubject subject = sweep.subject(chosen, stage);
        List<GuidanceRecord.Point> points = new ArrayList<>();
        for (List<Double> scales : found.result().values().keySet()) {
            SweepStage.Score score = Objects.requireNonNull(found.scores().get(scales));
            points.add(new GuidanceRecord.Point(
                    scales, sweep.value(score), scales.equals(found.result().best()), score.flops(), score.metrics()));
        }
        return new GuidanceRecord(
                subject,
                search.grid(),
                found.result().best(),
                found.result().rounds(),
                found.result().settled(),
                points);
    }

    private static Table table(GuidanceRecord record) {
        SweepSubject subject = record.subject();
        List<@Nullable Cell> values = new ArrayList<>();
        List<@Nullable Cell> costs = new ArrayList<>();
        List<@Nullable Cell> marks = new ArrayList<>();
        for (GuidanceRecord.Point point : record.points()) {
            values.add(Cell.number(point.value(), 4));
            costs.add(Cell.number(point.flops() / GIGA, 3));
            marks.add(Cell.text(point.best() ? "best" : ""));
        }
        return new Table(
                subject.experiment() + ", " + subject.schedule() + ": guidance of each level",
                record.points().stream().map(point -> text(point.scales())).toList(),
                List.of(
                        new Table.Row(subject.metricName(), subject.metric(), false, values),
                        new Table.Row("GFLOPs a sample", "gflops", false, costs),
                        new Table.Row("", "best", false, marks)),
                notes(record));
    }

    private static List<String> notes(GuidanceRecord record) {
        List<String> notes = new ArrayList<>();
        notes.add(
                record.settled()
                        ? "Settled after " + record.rounds() + " rounds."
                        : "Ended by the number of rounds: a further one may still find better.");
        if (record.best().contains(record.grid().largest())) {
            notes.add("A scale is the largest of the grid: there may be better ones above --to.");
        }
        return notes;
    }

    /** {@code 1.5 3.0}. */
    private static String text(List<Double> scales) {
        return scales.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
