package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import org.ppflow.app.command.PaperTable;
import org.ppflow.app.figure.Figure;
import picocli.CommandLine.Command;

/** {@code ppflow figure 4}. */
@Command(
        name = "4",
        description = {
            "Training FLOPs against FID and Inception Score: the paper's numbers (its Table 1), ours, and ours scaled down.",
            "The FLOPs are counted: images x rows that an image takes when a batch stands packed in rows. 'table 1' prints the numbers."
        },
        footer = {"", "Example: ppflow figure 4 --output figure-4"})
final class TrainingCostCommand extends FigureOfTable {
    TrainingCostCommand() {
        super(1);
    }

    @Override
    Figure draw(PaperTable opened, PrintWriter err) throws IOException {
        return TableFigure.figure(
                "Training FLOPs against quality",
                new TableFigure("packed_training_flops", "Training FLOPs (% of the SiT's)").charts(opened.fill()));
    }
}
