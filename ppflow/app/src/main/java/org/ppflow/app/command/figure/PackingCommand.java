package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.LatentSize;
import org.ppflow.app.figure.PackingDrawing;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PackedRows;
import org.ppflow.flow.level.TokenLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppflow figure 9}. */
@Command(
        name = "9",
        description = "How the images of a batch stand in rows of tokens, with the attention mask (packing: masked).",
        footer = {
            "",
            "Example: ppflow figure 9 --schedule ppf-3 --output figure-9",
            "         ppflow figure 9 --schedule ppf-2 --batch 16 --latent 4x16x16 --output packing"
        })
final class PackingCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private LevelOptions levels = new LevelOptions();

    @Mixin
    private FigureOutput output = new FigureOutput();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images of the batch (default: the smallest whose images fill whole rows).")
    private @Nullable Integer batch;

    @Override
    public Integer call() throws IOException {
        output.name();
        LevelSchedule schedule = levels.schedule();
        LatentSize latent = levels.latent();
        PackedRows rows = batch == null
                ? PackedRows.smallest(schedule, latent.height(), latent.width())
                : PackedRows.of(schedule, batch, latent.height(), latent.width());
        PrintWriter out = spec.commandLine().getOut();
        for (TokenLayout.Group group : rows.layout().groups()) {
            out.printf(
                    "level %d: %d images of %d tokens in %d rows of %d%n",
                    group.level(), group.images(), group.tokens(), group.rows() / rows.length(), rows.length());
        }
        out.flush();
        output.write(
                PackingDrawing.of(schedule, rows).captioned("Of a latent of " + latent + "."),
                spec.commandLine().getErr());
        return ExitCode.DONE;
    }
}
