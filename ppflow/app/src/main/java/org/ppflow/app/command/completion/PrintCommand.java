package org.ppflow.app.command.completion;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow completion print SHELL}. */
@Command(
        name = "print",
        description = "Print the completion script, to be sourced or put where a shell looks for it.",
        footer = {"", "Example: ppflow completion print bash"})
final class PrintCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "The shell: bash or zsh.")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(shell.script(spec.root().commandLine()));
        out.flush();
        return ExitCode.DONE;
    }
}
