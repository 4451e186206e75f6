package org.ppflow.app.command.bench;

import org.ppflow.app.command.SubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppflow bench}: what things cost here, measured. */
@Command(name = "bench", description = "Measure what things cost on this machine.", subcommands = SampleBench.class)
public final class BenchCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return org.ppflow.app.command.ExitCode.DONE;
    }
}
