package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ConfigNetwork;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.LatentSize;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.figure.DenoisingPathDrawing;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.model.ModelSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppflow figure path}. */
@Command(
        name = "path",
        description =
                "The way from noise to data: tokens and cost of an evaluation at each time (as the paper's overview).",
        footer = {
            "",
            "Example: ppflow figure path --schedule ppf-3 --model XL --output path",
            "         ppflow figure path --schedule configs/quickstart.yaml#ppf-2 --output path"
        })
final class DenoisingPathCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private LevelOptions levels = new LevelOptions();

    @Mixin
    private FigureOutput output = new FigureOutput();

    @Option(
            names = "--model",
            completionCandidates = KnownNames.OfSizes.class,
            paramLabel = "SIZE",
            description =
                    "Size of the network: S, B, L or XL (default: the network of the config which --schedule names, else B).")
    private @Nullable String model;

    @Override
    public Integer call() throws IOException {
        output.name();
        LevelSchedule schedule = levels.schedule();
        LatentSize latent = levels.latent();
        Optional<ConfigNetwork> own = model == null ? levels.chosen().network() : Optional.empty();
        ModelSize size = model == null ? ModelSize.B : OptionChoice.of("--model", model, ModelSize.values());
        Flops flops =
                own.map(network -> network.on(latent, schedule).flops()).orElseGet(() -> latent.flops(size, schedule));
        String network = own.map(config -> "network of " + config).orElse("network of size " + size);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s%s on a latent of %s, one evaluation of one sample:%n",
                network,
                own.isPresent() ? "" : " (--model)",
                latent);
        for (int i = 0; i < schedule.count(); i++) {
            PatchLevel level = schedule.level(i);
            out.printf(
                    Locale.ROOT,
                    "level %d: t from %s to %s, %d tokens, %.4g GFLOPs through the blocks%n",
                    i,
                    level.start(),
                    level.end(),
                    level.patch().tokens(latent.height(), latent.width()),
                    flops.blocks(level) / 1e9);
        }
        out.flush();
        output.write(
                DenoisingPathDrawing.of(schedule, flops)
                        .captioned("Counted for the " + network + " on a latent of " + latent + "."),
                spec.commandLine().getErr());
        return ExitCode.DONE;
    }
}
