package org.ppflow.notebook.command;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ppflow notebook}: holds what there is to do with notebooks. */
@Command(
        name = "notebook",
        description = "Notebooks in Java, in Jupyter: make the kernel known there, or execute a notebook.",
        synopsisSubcommandLabel = "install|run",
        subcommands = {InstallCommand.class, RunNotebookCommand.class, KernelCommand.class},
        footer = {"", "Example: ppflow notebook install", "         ppflow notebook run notebooks/01-quickstart.ipynb"})
public final class NotebookCommand extends CommandGroup {}
