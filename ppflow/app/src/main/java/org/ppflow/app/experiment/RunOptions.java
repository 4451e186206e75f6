package org.ppflow.app.experiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.Program;
import org.ppflow.app.run.RunsFolder;
import org.ppflow.nn.files.AtomicFiles;

/**
 * How a command runs an experiment; nothing here changes its results.
 *
 * @param root folder of all runs, where finished steps are looked for
 * @param runs folder of this run, the same or below
 * @param record what its record says it is; empty for the config alone
 * @param until last stage that is done
 * @param dryRun whether only the plan and its cost are shown
 * @param json where figures go as JSON: a file, {@code -} for standard output, or null for nowhere
 * @param cache where features of a network that scores are kept; empty for where {@code evaluate} keeps them
 * @param commandLine command and arguments, for provenance
 * @param out results
 * @param err progress and notes
 */
public record RunOptions(
        Path root,
        Path runs,
        Optional<RecordTarget> record,
        Until until,
        boolean dryRun,
        @Nullable String json,
        Optional<Path> cache,
        List<String> commandLine,
        PrintWriter out,
        PrintWriter err) {
    /** How far an experiment goes. */
    public enum Until {
        /** The weights of every model. */
        WEIGHTS,
        /** The samples of every model. */
        SAMPLES,
        /** Table and report. */
        REPORT
    }

    public RunOptions {
        commandLine = List.copyOf(commandLine);
    }

    /** Of a config alone. */
    public RunOptions(
            Path runs,
            Until until,
            boolean dryRun,
            @Nullable String json,
            List<String> commandLine,
            PrintWriter out,
            PrintWriter err) {
        this(runs, runs, Optional.empty(), until, dryRun, json, Optional.empty(), commandLine, out, err);
    }

    /** With the folder that the record of a config alone goes to. */
    public RunOptions recordedIn(ExperimentConfig config, Path folder) {
        return new RunOptions(
                root,
                runs,
                Optional.of(RecordTarget.of(config, folder)),
                until,
                dryRun,
                json,
                cache,
                commandLine,
                out,
                err);
    }

    /** With another folder for features. */
    public RunOptions withCache(Path folder) {
        return new RunOptions(root, runs, record, until, dryRun, json, Optional.of(folder), commandLine, out, err);
    }

    /** For one experiment of a grid: its folder below, its record's name, and nothing on standard output. */
    RunOptions inside(Path folder, RecordTarget target, PrintWriter nowhere) {
        return new RunOptions(root, folder, Optional.of(target), until, dryRun, null, cache, commandLine, nowhere, err);
    }

    /** The same with the run in a folder below that of all runs, as those of a grid are. */
    public RunOptions below(Path folder) {
        return new RunOptions(root, folder, record, until, dryRun, json, cache, commandLine, out, err);
    }

    /** The same up to another stage, with nothing on standard output. */
    public RunOptions quietly(Until stage) {
        return new RunOptions(
                root,
                runs,
                record,
                stage,
                dryRun,
                null,
                cache,
                commandLine,
                new PrintWriter(java.io.Writer.nullWriter()),
                err);
    }

    /** The command that does as much with the config that a run's folder keeps, as one line. */
    public String onConfig(Path config) {
        List<String> words = new ArrayList<>();
        int sweep = commandLine.indexOf("sweep");
        if (sweep > 0 && sweep + 1 < commandLine.size()) {
            words.addAll(commandLine.subList(sweep, sweep + 2));
        } else {
            words.add(
                    switch (until) {
                        case WEIGHTS -> "train";
                        case SAMPLES -> "sample";
                        case REPORT -> "run";
                    });
        }
        words.add(config.toString());
        if (sweep > 0) {
            words.addAll(List.of("--schedule", "NAME"));
        }
        if (!runs.equals(RunsFolder.USUAL)) {
            words.addAll(List.of("--runs", runs.toString()));
        }
        return Program.line(words);
    }

    /** {@link JsonOutput#requireWritable}. */
    public void requireWritable() {
        JsonOutput.requireWritable(json);
    }

    /** Whether standard output belongs to JSON, so that tables for people go to standard error. */
    public boolean jsonOnStandardOutput() {
        return "-".equals(json);
    }

    /** Where tables for people go. */
    public PrintWriter tables() {
        return jsonOnStandardOutput() ? err : out;
    }

    /** Writes figures where {@code --json} said; nothing without it. */
    public void writeJson(String text) throws IOException {
        if (json == null) {
            return;
        }
        if (jsonOnStandardOutput()) {
            out.println(text.strip());
            out.flush();
        } else {
            AtomicFiles.writeText(Path.of(json), text.strip() + "\n");
        }
    }
}
