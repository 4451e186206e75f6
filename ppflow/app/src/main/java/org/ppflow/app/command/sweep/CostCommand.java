package org.ppflow.app.command.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.ExperimentOptions;
import org.ppflow.app.command.figure.SweepCharts;
import org.ppflow.app.config.SamplingConfig;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.app.experiment.SweepStage;
import org.ppflow.app.figure.ChartFigure;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.sweep.CostCandidate;
import org.ppflow.app.sweep.CostRecord;
import org.ppflow.app.sweep.SweepScores;
import org.ppflow.app.sweep.SweepSubject;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ppflow sweep cost CONFIG}. */
@Command(
        name = "cost",
        description = {
            "Sample a trained model with other boundaries between its levels and other numbers of steps: what each way costs and how good"
                    + " it is.",
            "All ways start from the same noise. Those that no other beats in both are marked."
        },
        footer = {
            "",
            "Example: ppflow sweep cost configs/quickstart.yaml --schedule ppf-2 --boundaries 0.3,0.5,0.7 --steps 5,10,20",
            "         ppflow sweep cost mine.yaml --boundaries 0.3,0.5 --boundaries 0.75,0.9 --figure sweep"
        })
final class CostCommand implements Callable<Integer> {
    private static final double GIGA = 1e9;

    @Mixin
    private SweepOptions sweep = new SweepOptions();

    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Option(
            names = "--boundaries",
            paramLabel = "T,…",
            description = "Times of a boundary. Given once for each, from noise to data, or once for all"
                    + " (default: those of the schedule).")
    private List<String> boundaries = new ArrayList<>();

    @Option(
            names = "--steps",
            paramLabel = "N,…",
            split = ",",
            description = "Numbers of steps of the solver (default: the config's).")
    private List<Integer> steps = new ArrayList<>();

    @Option(names = "--figure", paramLabel = "NAME", description = "Draw the points too, as NAME.svg and NAME.png.")
    private @Nullable Path figure;

    /** A way of sampling with what it means. */
    private record Way(CostCandidate candidate, SamplingConfig sampling, LevelSchedule levels) {}

    @Override
    public Integer call() throws IOException {
        RunOptions how = options.options(RunOptions.Until.REPORT, sweep.config());
        how.requireWritable();
        if (figure != null) {
            for (String ending : new String[] {".svg", ".png"}) {
                OutputPlace.requireFile("--figure", Path.of(figure + ending));
            }
        }
        SweepOptions.Chosen chosen = sweep.read(options.overrides(), how);
        List<Way> ways = ways(chosen);
        if (how.dryRun()) {
            plan(chosen, ways, how);
            return ExitCode.DONE;
        }
        try (SweepStage stage = SweepStage.open(chosen.run(), chosen.model(), sweep.weights(), chosen.options())) {
            CostRecord record = new CostRecord(
                    sweep.subject(chosen, stage),
                    CostRecord.marked(scored(ways, stage, how.err()), sweep.lowerIsBetter()));
            Path file = stage.folder()
                    .resolve(sweep.fileName(
                                    "cost",
                                    record.subject(),
                                    ways.stream().map(Way::candidate).toList().toString())
                            + ".json");
            CostRecord.FILE.write(file, record);
            how.tables().print(table(record).transposedText());
            how.tables().println("Record: " + file);
            how.tables().flush();
            if (figure != null) {
                Figure drawn = ChartFigure.of(
                        "Cost of sampling against " + record.subject().metricName(),
                        SweepCharts.of(List.of(SweepScores.of(record))));
                for (Path written : drawn.write(figure)) {
                    how.err().println(written + " written");
                }
                how.err().flush();
            }
            how.writeJson(CostRecord.FILE.text(record));
        }
        return ExitCode.DONE;
    }

    private List<Way> ways(SweepOptions.Chosen chosen) {
        LevelSchedule model = chosen.model();
        List<CostCandidate> candidates = CostCandidate.all(
                choices(model),
                steps.isEmpty() ? List.of(chosen.swept().sampling().steps()) : steps);
        if (candidates.isEmpty()) {
            int inner = model.count() - 1;
            boolean oneForAll = boundaries.size() == 1;
            throw BadInputException.at("--boundaries " + String.join(" --boundaries ", boundaries))
                    .found(
                            oneForAll
                                    ? "times for "
                                            + times(boundaries.get(0)).stream()
                                                    .distinct()
                                                    .count()
                                            + " of the " + inner + " boundaries that the " + model.count()
                                            + " levels of " + model.name() + " need"
                                    : "no combination in which each boundary is later than the one before")
                    .expected(
                            oneForAll
                                    ? inner + " different times or more, or the option once for each boundary"
                                    : "times from noise to data")
                    .advice("as --boundaries 0.3,0.5 --boundaries 0.75")
                    .build();
        }
        List<Way> ways = new ArrayList<>();
        for (CostCandidate candidate : candidates) {
            try {
                LevelSchedule levels = levels(model, candidate.boundaries());
                SamplingConfig sampling = chosen.swept().sampling().withSteps(candidate.steps());
                sampling.method(levels, chosen.swept().model().transport());
                ways.add(new Way(candidate, sampling, levels));
            } catch (IllegalArgumentException e) {
                throw BadInputException.at("--boundaries, --steps: " + candidate.label())
                        .found(String.valueOf(e.getMessage()))
                        .expected("times inside (0, 1) and at least one step")
                        .cause(e)
                        .build();
            }
        }
        return ways;
    }

    /** Values of each boundary. */
    private List<List<Double>> choices(LevelSchedule model) {
        int inner = model.count() - 1;
        if (boundaries.isEmpty()) {
            return model.levels().subList(0, inner).stream()
                    .map(level -> List.of(level.end()))
                    .toList();
        }
        if (model.representation().isPyramid()) {
            throw BadInputException.at("--boundaries " + String.join(" --boundaries ", boundaries))
                    .found(model.name() + ", a pyramid, whose stages are trained on paths that end where they end")
                    .expected("--steps alone")
                    .build();
        }
        if (inner == 0 || (boundaries.size() != 1 && boundaries.size() != inner)) {
            throw BadInputException.at("--boundaries " + String.join(" --boundaries ", boundaries))
                    .found(boundaries.size() + " lists of times for " + inner + " boundaries of " + model.name())
                    .expected("one for each boundary, or one for all")
                    .build();
        }
        List<List<Double>> choices = new ArrayList<>();
        for (int i = 0; i < inner; i++) {
            choices.add(times(boundaries.get(boundaries.size() == 1 ? 0 : i)));
        }
        return choices;
    }

    private static List<Double> times(String list) {
        try {
            List<Double> times = new ArrayList<>();
            for (String time : com.google.common.base.Splitter.on(',').split(list)) {
                times.add(Double.parseDouble(time));
            }
            return times;
        } catch (NumberFormatException e) {
            throw BadInputException.at("--boundaries " + list)
                    .found("'" + list + "'")
                    .expected("times with commas between, as 0.3,0.5,0.7")
                    .cause(e)
                    .build();
        }
    }

    private static LevelSchedule levels(LevelSchedule model, List<Double> boundaries) {
        List<PatchLevel> levels = new ArrayList<>();
        for (int i = 0; i < model.count(); i++) {
            levels.add(new PatchLevel(
                    model.level(i).patch(),
                    i == 0 ? 0 : boundaries.get(i - 1),
                    i == boundaries.size() ? 1 : boundaries.get(i)));
        }
        return new LevelSchedule(model.name(), levels, model.representation());
    }

    private List<CostRecord.Point> scored(List<Way> ways, SweepStage stage, PrintWriter err) throws IOException {
        SweepProgress progress = new SweepProgress(err);
        int missing = 0;
        for (Way way : ways) {
            missing += stage.known(way.sampling(), way.levels()).isEmpty() ? 1 : 0;
        }
        List<CostRecord.Point> points = new ArrayList<>();
        for (Way way : ways) {
            boolean fresh = stage.known(way.sampling(), way.levels()).isEmpty();
            long start = System.nanoTime();
            String label = way.candidate().label();
            SweepStage.Score score = stage.score("sample " + label, way.sampling(), way.levels());
            if (fresh) {
                missing--;
                progress.scored((System.nanoTime() - start) / 1e9);
            }
            double value = sweep.value(score);
            points.add(new CostRecord.Point(
                    score.flops(),
                    value,
                    label,
                    false,
                    way.candidate().boundaries(),
                    way.candidate().steps(),
                    score.nfe(),
                    score.metrics()));
            progress.line(
                    points.size(),
                    label,
                    sweep.metric(),
                    value,
                    String.format(
                            Locale.ROOT,
                            "%.4g GFLOPs a sample; %d of %d",
                            score.flops() / GIGA,
                            points.size(),
                            ways.size()),
                    missing);
        }
        return points;
    }

    private static void plan(SweepOptions.Chosen chosen, List<Way> ways, RunOptions how) throws IOException {
        ArrayNode rows = JsonMapper.shared().createArrayNode();
        how.tables().printf(Locale.ROOT, "%-30s %8s %16s%n", "boundaries, steps", "NFE", "GFLOPs a sample");
        for (Way way : ways) {
            Optional<SamplingLedger> ledger =
                    SweepStage.cost(chosen.swept(), chosen.model(), way.sampling(), way.levels());
            String label = way.candidate().label();
            ObjectNode row = rows.addObject().put("label", label);
            if (ledger.isPresent()) {
                double nfe = ledger.get().nfe();
                double flops = ledger.get().blocksOfPasses();
                how.tables().printf(Locale.ROOT, "%-30s %8.4g %16.3f%n", label, nfe, flops / GIGA);
                row.put("nfe", nfe).put("flops", flops);
            } else {
                how.tables().printf(Locale.ROOT, "%-30s %8s %16s%n", label, "chosen", "as it runs");
            }
        }
        how.tables().flush();
        how.writeJson(rows.toPrettyString());
    }

    private static Table table(CostRecord record) {
        SweepSubject subject = record.subject();
        List<@Nullable Cell> values = new ArrayList<>();
        List<@Nullable Cell> costs = new ArrayList<>();
        List<@Nullable Cell> evaluations = new ArrayList<>();
        List<@Nullable Cell> marks = new ArrayList<>();
        for (CostRecord.Point point : record.points()) {
            costs.add(Cell.number(point.flops() / GIGA, 3));
            evaluations.add(Cell.number(point.nfe(), 1));
            values.add(Cell.number(point.value(), 4));
            marks.add(Cell.text(point.pareto() ? "Pareto" : ""));
        }
        return new Table(
                subject.experiment() + ", " + subject.schedule() + ": cost and quality of its sampling",
                record.points().stream().map(CostRecord.Point::label).toList(),
                List.of(
                        new Table.Row("GFLOPs a sample", "gflops", false, costs),
                        new Table.Row("NFE", "nfe", false, evaluations),
                        new Table.Row(subject.metricName(), subject.metric(), false, values),
                        new Table.Row("", "pareto", false, marks)),
                List.of("Pareto: no other is as cheap and as good, and cheaper or better."));
    }
}
