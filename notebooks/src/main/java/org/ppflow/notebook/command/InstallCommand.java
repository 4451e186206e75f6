package org.ppflow.notebook.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Home;
import org.ppflow.app.command.KernelFolders;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.notebook.kernel.KernelProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppflow notebook install}. */
@Command(
        name = "install",
        description =
                "Make the Java kernel known to your Jupyter. It is bin/ppflow of this folder: after an update there is nothing to install again.",
        footer = {
            "",
            "Example: ppflow notebook install                  # for you, in every Jupyter of yours",
            "         ppflow notebook install --sys-prefix     # for the Python environment that is active",
            "         ppflow notebook install --remove"
        })
final class InstallCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--prefix",
            paramLabel = "DIR",
            description = "Into DIR/share/jupyter, the folder of an installation of Jupyter.")
    private @Nullable Path prefix;

    @Option(names = "--sys-prefix", description = "Into the Python environment that is active.")
    private boolean systemPrefix;

    @Option(names = "--remove", description = "Take it away again.")
    private boolean remove;

    @Override
    public Integer call() throws IOException {
        Jupyter jupyter = Jupyter.here();
        Path kernels = kernels(jupyter);
        PrintWriter out = spec.commandLine().getOut();
        if (remove) {
            // Only ours: another folder of that name is not for us to delete.
            boolean was = KernelSpec.isIn(kernels);
            if (was) {
                KernelSpec.removeFrom(kernels);
            }
            out.println(was ? kernels.resolve(KernelSpec.NAME) + " removed" : "no kernel of ours in " + kernels);
            out.flush();
            return ExitCode.DONE;
        }
        KernelProcess.requireJShell();
        Path folder = KernelSpec.here().writeTo(kernels);
        out.println("kernel '" + KernelSpec.DISPLAY_NAME + "' installed: " + folder);
        Path notebooks = Home.folder().resolve("notebooks");
        if (jupyter.isThere() || prefix != null || systemPrefix) {
            out.println("next: jupyter lab " + notebooks + "     (or jupyter notebook)");
        } else {
            out.println(Jupyter.HOW);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private Path kernels(Jupyter jupyter) throws IOException {
        if (prefix != null && systemPrefix) {
            throw BadInputException.at("--prefix " + prefix)
                    .found("--sys-prefix beside it")
                    .expected("one of the two")
                    .build();
        }
        if (prefix != null) {
            if (!Files.isDirectory(prefix)) {
                throw BadInputException.at("--prefix " + prefix)
                        .found(Files.exists(prefix) ? "a file" : "no such folder")
                        .expected(
                                "the folder of an installation of Jupyter, as 'python3 -c \"import sys; print(sys.prefix)\"' prints it")
                        .build();
            }
            return KernelFolders.of(prefix);
        }
        return systemPrefix
                ? KernelFolders.of(jupyter.systemPrefix())
                : jupyter.kernels().user();
    }
}
