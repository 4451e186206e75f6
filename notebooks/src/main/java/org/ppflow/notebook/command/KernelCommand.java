package org.ppflow.notebook.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.Program;
import org.ppflow.notebook.kernel.KernelProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ppflow notebook kernel FILE}: what Jupyter starts; {@code bin/ppflow} gives it class path and flags. */
@Command(name = "kernel", hidden = true, description = "The kernel; Jupyter starts it.")
final class KernelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Connection file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path connectionFile;

    @Override
    public Integer call() throws IOException {
        // A notebook is read on other machines: what its cells print names the program as the documentation does.
        System.clearProperty(Program.PROPERTY);
        KernelProcess.serve(connectionFile);
        return ExitCode.DONE;
    }
}
