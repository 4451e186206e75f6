package org.ppflow.app.command.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.comparison.Metric;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.config.GridReader;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.console.Program;
import org.ppflow.app.experiment.GridRun;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.app.experiment.SweepStage;
import org.ppflow.app.sweep.SweepSubject;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.Toolkit;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every sweep; a picocli mixin. */
final class SweepOptions {
    @Parameters(paramLabel = "CONFIG", description = "The config of the model, a YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Option(
            names = "--cell",
            paramLabel = "NAME",
            description =
                    "Of a config with cells: the model of this one, which has been run. --set picks a value of a grid's axis.")
    private @Nullable String cell;

    @Option(
            names = "--schedule",
            completionCandidates = KnownNames.OfSchedules.class,
            paramLabel = "NAME",
            description = "Of a config with several models: the one with this schedule.")
    private @Nullable String schedule;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "Other weights of this network than those of the config's run, .safetensors with their description.")
    private @Nullable Path weights;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "500",
            description = "Samples of each candidate (default: ${DEFAULT-VALUE}).")
    private int count = 500;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "What is to be good, as records name it (default: classifier_fd, fid where evaluation.network scores). Distances"
                            + " are to be small, all else large.")
    private @Nullable String metric;

    /** The metric, once the config is read. */
    private String wanted = "";

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where features of evaluation.network are kept (default: where 'evaluate' keeps them).")
    private @Nullable Path cache;

    /**
     * The model that is swept over.
     *
     * @param run config as its run has it
     * @param model schedule of it
     * @param swept config with this schedule alone, sampled as often as asked
     * @param options of its run
     */
    record Chosen(ExperimentConfig run, LevelSchedule model, ExperimentConfig swept, RunOptions options) {}

    /** File of the model's config. */
    Path config() {
        return config;
    }

    /** Reads the config. */
    Chosen read(List<String> overrides, RunOptions typed) throws IOException {
        if (cache != null) {
            OutputPlace.requireFolder("--cache", cache);
        }
        RunOptions options = cache == null ? typed : typed.withCache(cache);
        ExperimentGrid grid = GridReader.read(config, overrides);
        GridCell only = only(grid);
        Path folder = grid.single() ? options.runs() : options.runs().resolve(grid.name());
        ExperimentConfig run = GridRun.resolved(grid, only, overrides, options.runs());
        if (!grid.single() && !options.dryRun() && !Files.isDirectory(folder.resolve(run.name()))) {
            throw BadInputException.at(config + ": " + only.title())
                    .found("no run in " + folder.resolve(run.name()))
                    .expected("an experiment that has been run")
                    .advice(Program.line("run", config.toString(), "--cells", only.row()))
                    .build();
        }
        LevelSchedule model = model(run);
        wanted = metric != null ? metric : run.evaluation().byNetwork() ? "fid" : "classifier_fd";
        requireMetric(run.evaluation().byNetwork());
        ExperimentConfig swept = run.withSchedule(model);
        try {
            return new Chosen(run, model, swept.withSampling(swept.sampling().withCount(count)), options.below(folder));
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("--count " + count)
                    .found(String.valueOf(e.getMessage()))
                    .expected("enough samples for the scores, at most 1000000")
                    .cause(e)
                    .build();
        }
    }

    /** Before anything is trained or sampled for it; which of the known ones an evaluation has is seen when there is one. */
    private void requireMetric(boolean byNetwork) {
        Metric.require(wanted, "--metric " + wanted, Set.of());
        if (!byNetwork && !wanted.startsWith("classifier_") && !wanted.equals("label_agreement")) {
            throw BadInputException.at("--metric " + wanted)
                    .found("a metric of a feature network, and a config whose samples the run's classifier scores")
                    .expected(
                            "classifier_fd, classifier_score, classifier_precision, classifier_recall or label_agreement")
                    .advice("Inception's needs evaluation.network and evaluation.reference")
                    .build();
        }
    }

    private GridCell only(ExperimentGrid grid) {
        List<GridCell> cells = grid.cells().stream()
                .filter(one -> cell == null || one.row().equals(cell))
                .toList();
        if (cells.size() != 1) {
            BadInputException.Builder problem = BadInputException.at("--cell " + (cell == null ? "" : cell))
                    .found(
                            cells.isEmpty()
                                    ? "no such cell"
                                    : cells.stream().map(GridCell::title).toList() + ", more than one experiment")
                    .expected(
                            cells.isEmpty()
                                    ? "one of " + grid.rows()
                                    : "--cell with one of " + grid.rows()
                                            + ", and --set with one value of each axis, as seed=0");
            if (cells.isEmpty() && cell != null) {
                Nearest.to(cell, grid.rows()).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
            }
            throw problem.build();
        }
        return cells.get(0);
    }

    private LevelSchedule model(ExperimentConfig run) {
        List<String> names = run.schedules().stream().map(LevelSchedule::name).toList();
        if (schedule == null && names.size() == 1) {
            return run.schedules().get(0);
        }
        String wanted = schedule == null ? "" : schedule;
        return run.schedules().stream()
                .filter(one -> one.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> BadInputException.at("--schedule " + wanted)
                        .found(schedule == null ? "nothing" : "no such schedule in " + config)
                        .expected("one of " + String.join(", ", names))
                        .advice(Nearest.to(wanted, names)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("'" + Program.line("config", "show", config.toString()) + "' shows them"))
                        .build());
    }

    Optional<Path> weights() {
        return Optional.ofNullable(weights);
    }

    String metric() {
        return wanted;
    }

    boolean lowerIsBetter() {
        return Metric.lowerIsBetter(wanted);
    }

    /**
     * The value of the metric.
     *
     * @throws BadInputException if there is none of the name
     */
    double value(SweepStage.Score score) {
        Double value = score.metrics().get(wanted);
        if (value == null) {
            BadInputException.Builder problem = BadInputException.at("--metric " + wanted)
                    .found("no such metric, or none for these samples")
                    .expected("one of " + String.join(", ", score.metrics().keySet()));
            Nearest.to(wanted, List.copyOf(score.metrics().keySet()))
                    .ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
            throw problem.build();
        }
        return value;
    }

    /** What is swept over, for the record. */
    SweepSubject subject(Chosen chosen, SweepStage stage) throws IOException {
        return new SweepSubject(
                chosen.run().name(),
                chosen.model().name(),
                ConfigReader.toTree(chosen.swept()),
                stage.weightsHash(),
                stage.picturesHash(),
                wanted,
                lowerIsBetter(),
                Toolkit.current());
    }

    /** Name of a record without its ending; sweeps with other settings have others. */
    String fileName(String kind, SweepSubject subject, String settings) {
        String hash = Sha256.of(subject.config() + subject.weightsSha256() + subject.dataSha256() + settings);
        return String.format(
                Locale.ROOT, "%s.%s.%s.%s", kind, subject.schedule().replace('/', '-'), wanted, hash.substring(0, 8));
    }
}
