package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.LatentSize;
import org.ppflow.app.figure.PatchificationDrawing;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppflow figure 10}. */
@Command(
        name = "10",
        description = "Which pixels of a latent become one token, at each level.",
        footer = {
            "",
            "Example: ppflow figure 10 --schedule ppf-3 --output figure-10",
            "         ppflow figure 10 --schedule 4x4:0.5,4x2:0.75,2x2 --latent 4x32x64 --output rows"
        })
final class PatchificationCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private LevelOptions levels = new LevelOptions();

    @Mixin
    private FigureOutput output = new FigureOutput();

    @Override
    public Integer call() throws IOException {
        output.name();
        LevelSchedule schedule = levels.schedule();
        LatentSize latent = levels.latent();
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < schedule.count(); i++) {
            PatchLevel level = schedule.level(i);
            out.printf(
                    "level %d: t from %s to %s, patches of %s, %d tokens%n",
                    i,
                    level.start(),
                    level.end(),
                    level.patch(),
                    level.patch().tokens(latent.height(), latent.width()));
        }
        out.flush();
        output.write(
                PatchificationDrawing.of(schedule, latent.channels(), latent.height(), latent.width())
                        .captioned("Of a latent of " + latent + "."),
                spec.commandLine().getErr());
        return ExitCode.DONE;
    }
}
