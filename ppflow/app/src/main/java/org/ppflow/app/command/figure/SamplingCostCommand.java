package org.ppflow.app.command.figure;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppflow figure 6}. */
@Command(
        name = "6",
        description = {
            "Sampling FLOPs against FID and Inception Score: the paper's numbers (its Table 2), ours, and ours scaled down.",
            "'table 2' prints the numbers."
        },
        footer = {"", "Example: ppflow figure 6 --output figure-6"})
final class SamplingCostCommand implements Callable<Integer> {
    private static final int TABLE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private FigureOutput output = new FigureOutput();

    @Override
    public Integer call() throws IOException {
        output.name();
        TableFigure figure = new TableFigure(
                "Sampling FLOPs against quality", "sampling_flops", "FLOPs of a pass (% of SiT's of the same size)");
        output.write(figure.of(table.open(TABLE).fill()), spec.commandLine().getErr());
        return ExitCode.DONE;
    }
}
