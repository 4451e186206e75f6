package org.ppflow.app.command.figure;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppflow figure 4}. */
@Command(
        name = "4",
        description = {
            "Training FLOPs against FID and Inception Score: the paper's numbers (its Table 1), ours, and ours scaled down.",
            "The FLOPs are counted: images x rows that an image takes when a batch stands packed in rows. 'table 1' prints the numbers."
        },
        footer = {"", "Example: ppflow figure 4 --output figure-4"})
final class TrainingCostCommand implements Callable<Integer> {
    private static final int TABLE = 1;

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
                "Training FLOPs against quality", "packed_training_flops", "Training FLOPs (% of the SiT's)");
        output.write(figure.of(table.open(TABLE).fill()), spec.commandLine().getErr());
        return ExitCode.DONE;
    }
}
