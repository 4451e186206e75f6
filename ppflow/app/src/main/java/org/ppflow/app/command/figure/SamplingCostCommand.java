package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.command.PaperTable;
import org.ppflow.app.figure.CostQualityChart;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.sweep.SweepScores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ppflow figure 6}. */
@Command(
        name = "6",
        description = {
            "Sampling FLOPs against FID and Inception Score: the paper's numbers (its Table 2), ours, and ours scaled down.",
            "'table 2' prints the numbers. Sweeps over steps and guidance scales are drawn below them."
        },
        footer = {
            "",
            "Example: ppflow figure 6 --output figure-6",
            "         ppflow figure 6 --sweep runs/quickstart/sweeps/cost.ppf-2.classifier_fd.0123abcd.json --output figure-6"
        })
final class SamplingCostCommand extends FigureOfTable {
    @Option(
            names = "--sweep",
            paramLabel = "FILE",
            description =
                    "Record of a sweep ('sweep cost', 'sweep guidance'). May be given several times; those of one kind and one metric"
                            + " share a chart.")
    private List<Path> sweeps = new ArrayList<>();

    SamplingCostCommand() {
        super(2);
    }

    @Override
    Figure draw(PaperTable opened, PrintWriter err) throws IOException {
        List<CostQualityChart> charts =
                new ArrayList<>(new TableFigure("sampling_flops", "FLOPs of a pass (% of SiT's of the same size)")
                        .charts(opened.fill()));
        List<SweepScores> scores = new ArrayList<>();
        for (Path sweep : sweeps) {
            scores.add(SweepScores.read(sweep));
        }
        charts.addAll(SweepCharts.of(scores));
        return TableFigure.figure("Sampling FLOPs against quality", charts);
    }
}
