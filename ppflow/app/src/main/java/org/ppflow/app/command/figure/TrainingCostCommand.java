package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.figure.TrainedScore;
import org.ppflow.app.figure.TrainingCostFigure;
import org.ppflow.app.published.PublishedRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppflow figure 4}. */
@Command(
        name = "4",
        description = {
            "Training FLOPs against FID and Inception Score: the paper's numbers (its Table 1).",
            "The FLOPs are computed: steps x rows that an image takes when a batch stands packed in rows."
        },
        footer = {"", "Example: ppflow figure 4 --output figure-4"})
final class TrainingCostCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private FigureOutput output = new FigureOutput();

    @Override
    public Integer call() throws IOException {
        output.name();
        List<TrainedScore> scores = TrainedScore.published(PublishedRows.shipped());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-10s %6s %14s %8s %8s%n", "model", "steps", "FLOPs, %", "FID", "IS");
        for (TrainedScore score : scores) {
            out.printf(
                    Locale.ROOT,
                    "%-10s %6s %14.1f %8.2f %8.2f%n",
                    score.series(),
                    score.label(),
                    score.cost(),
                    score.fid(),
                    score.inceptionScore());
        }
        out.flush();
        output.write(TrainingCostFigure.of(scores), spec.commandLine().getErr());
        return ExitCode.DONE;
    }
}
