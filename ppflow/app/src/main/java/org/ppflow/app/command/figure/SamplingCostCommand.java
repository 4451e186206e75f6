package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import org.ppflow.app.command.PaperTable;
import org.ppflow.app.figure.Figure;
import picocli.CommandLine.Command;

/** {@code ppflow figure 6}. */
@Command(
        name = "6",
        description = {
            "Sampling FLOPs against FID and Inception Score: the paper's numbers (its Table 2), ours, and ours scaled down.",
            "'table 2' prints the numbers."
        },
        footer = {"", "Example: ppflow figure 6 --output figure-6"})
final class SamplingCostCommand extends FigureOfTable {
    SamplingCostCommand() {
        super(2);
    }

    @Override
    Figure draw(PaperTable opened, PrintWriter err) throws IOException {
        return new TableFigure(
                        "Sampling FLOPs against quality",
                        "sampling_flops",
                        "FLOPs of a pass (% of SiT's of the same size)")
                .of(opened.fill());
    }
}
