package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.flow.export.SavedModelExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppflow export --saved-model DIR}. */
@Command(
        name = "export",
        description =
                "Write a network as a TensorFlow SavedModel: signatures level0, level1 … for rows of one level, and"
                        + " serving_default, which sends each row through the level of its own t.",
        footer = {"", "Example: ppflow export --weights model.safetensors --saved-model exported"})
public final class ExportCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--saved-model", paramLabel = "DIR", required = true, description = "New folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        OutputPlace.requireFolder("--saved-model", folder);
        try (ModelOptions.Opened opened = model.open(err)) {
            SavedModelExport.write(opened.file(), opened.description(), folder);
        }
        err.println(folder + " written");
        return ExitCode.DONE;
    }
}
