package org.ppflow.app.experiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.nn.files.AtomicFiles;

/**
 * How a command runs an experiment; nothing here changes its results.
 *
 * @param runs folder of all runs
 * @param until last stage that is done
 * @param dryRun whether only the plan and its cost are shown
 * @param json where figures go as JSON: a file, {@code -} for standard output, or null for nowhere
 * @param commandLine command and arguments, for provenance
 * @param out results
 * @param err progress and notes
 */
public record RunOptions(
        Path runs,
        Until until,
        boolean dryRun,
        @Nullable String json,
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
