package org.ppflow.app.command.bench;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ppflow bench}: what things cost here, measured. */
@Command(
        name = "bench",
        description = "Measure what things cost on this machine.",
        synopsisSubcommandLabel = "encode|evaluate|loader|sample|train",
        subcommands = {EncodeBench.class, EvaluateBench.class, LoaderBench.class, SampleBench.class, TrainBench.class},
        footer = {"", "Example: ppflow bench sample --model S"})
public final class BenchCommand extends CommandGroup {}
