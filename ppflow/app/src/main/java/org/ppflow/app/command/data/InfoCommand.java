package org.ppflow.app.command.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.data.arrow.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow data info FOLDER}. */
@Command(
        name = "info",
        description = "Say what a data set holds, from its manifest.",
        footer = {"", "Example: ppflow data info imagenet-256 --json -"})
final class InfoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Folder of a data set.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write it as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        PrintWriter out = spec.commandLine().getOut();
        DatasetSummary summary = new DatasetSummary(folder, Manifest.read(folder));
        if (!"-".equals(json)) {
            summary.print(out);
        }
        JsonOutput.write(json, summary.json(), out);
        return ExitCode.DONE;
    }
}
