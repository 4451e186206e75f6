package org.ppflow.notebook.command;

import org.ppflow.app.command.SubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ppflow notebook}: holds what there is to do with notebooks. */
@Command(
        name = "notebook",
        description = "Notebooks in Java, in Jupyter: make the kernel known there, or execute a notebook.",
        synopsisSubcommandLabel = "install|run",
        subcommands = {InstallCommand.class, RunNotebookCommand.class, KernelCommand.class},
        footer = {"", "Example: ppflow notebook install", "         ppflow notebook run notebooks/01-quickstart.ipynb"})
public final class NotebookCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "notebook needs what to do: install or run");
    }
}
