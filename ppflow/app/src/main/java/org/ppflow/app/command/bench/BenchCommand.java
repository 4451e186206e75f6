package org.ppflow.app.command.bench;

import org.ppflow.app.command.SubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ppflow bench}: what things cost here, measured. */
@Command(
        name = "bench",
        description = "Measure what things cost on this machine.",
        synopsisSubcommandLabel = "encode|evaluate|loader|sample|train",
        subcommands = {EncodeBench.class, EvaluateBench.class, LoaderBench.class, SampleBench.class, TrainBench.class},
        footer = {"", "Example: ppflow bench sample --model S"})
public final class BenchCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "bench needs what to measure: encode, evaluate, loader, sample or train");
    }
}
