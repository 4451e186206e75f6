package org.ppflow.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.console.Program;
import org.ppflow.app.experiment.ExperimentRunner;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.app.run.RunsFolder;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that runs an experiment; a {@link Mixin}. */
@OptionSection("The experiment")
public final class ExperimentOptions {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a key of the config, e.g. training.batch=32 or schedules=4x4:0.25,2x2."
                    + " May be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show the plan and what it costs, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description =
                    "Folder of all runs (default: that of the run which keeps the config, runs for any other config).")
    private @Nullable Path runs;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute, 0 for one a core; the same as --set runtime.threads=N.")
    private @Nullable Integer threads;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "Write the figures as JSON to a file, or to standard output.")
    private @Nullable String json;

    /** Reads a config under the overrides of this command line. */
    @FunctionalInterface
    interface ConfigSource {
        ExperimentConfig read(List<String> overrides) throws IOException;
    }

    /** Reads a config that is no file, and runs it. */
    int run(ConfigSource source, Supplier<ExperimentRunner> runner) throws IOException {
        RunOptions how = in(RunsFolder.of(runs), RunOptions.Until.REPORT);
        how.requireWritable();
        runner.get().run(source.read(overrides()), how);
        return ExitCode.DONE;
    }

    /** What the command line changes in configs. */
    public List<String> overrides() {
        List<String> all = new ArrayList<>(overrides);
        if (threads != null) {
            OptionRange.requireAtLeast("--threads", threads, 0);
            all.add("runtime.threads=" + threads);
        }
        return all;
    }

    /**
     * How experiments of a config are run.
     *
     * @param until last stage that is done
     * @param config file of them
     */
    public RunOptions options(RunOptions.Until until, Path config) throws IOException {
        return in(RunsFolder.of(runs, config, overrides), until);
    }

    private RunOptions in(Path folder, RunOptions.Until until) {
        CommandLine line = spec.commandLine();
        OutputPlace.requireFolder("--runs", folder);
        List<String> typed =
                Program.words(spec.root().commandLine().getParseResult().originalArgs());
        return new RunOptions(folder, until, dryRun, json, typed, line.getOut(), line.getErr());
    }

    /** The runner on the class path. */
    public static ExperimentRunner installedRunner() {
        return ServiceLoader.load(ExperimentRunner.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no experiment runner is on the class path"));
    }
}
