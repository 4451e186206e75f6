package org.ppflow.app.command.figure;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ChosenSchedule;
import org.ppflow.app.command.ConfigNetwork;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.LatentSize;
import org.ppflow.app.command.ScheduleOption;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** Which levels are drawn, on which latent. */
final class LevelOptions {
    private static final int MOST_PIXELS = 1 << 16;

    @Option(
            names = "--schedule",
            paramLabel = "NAME|LEVELS|CONFIG",
            completionCandidates = KnownNames.OfSchedules.class,
            defaultValue = "ppf-3",
            description =
                    "${COMPLETION-CANDIDATES}, or patches with the times at which they end, as 4x4:0.5,2x2, or a config of one schedule, mine.yaml or mine.yaml#NAME (default: ${DEFAULT-VALUE}).")
    private String schedule = "ppf-3";

    @Option(
            names = "--latent",
            paramLabel = "SIZE",
            description =
                    "The latent: 32, 32x64, or with channels 4x32x32 (default: that of the config which --schedule names, else 4x32x32).")
    private @Nullable String latent;

    private @Nullable ChosenSchedule chosen;

    LevelSchedule schedule() throws IOException {
        return chosen().schedule();
    }

    /** The schedule with what its config says of networks. */
    ChosenSchedule chosen() throws IOException {
        if (chosen == null) {
            chosen = ScheduleOption.chosen(schedule);
        }
        return chosen;
    }

    /**
     * The latent, which the schedule's patches tile: the one given, else the config's.
     *
     * @throws BadInputException if they do not, the latent has more pixels than a drawing shows, or a config has several
     */
    LatentSize latent() throws IOException {
        LatentSize size = latent == null
                ? chosen().network().map(ConfigNetwork::latent).orElse(LatentSize.USUAL)
                : LatentSize.parse(latent);
        if (size.height() * size.width() > MOST_PIXELS) {
            throw BadInputException.at("--latent " + size)
                    .found(size.height() * size.width() + " pixels")
                    .expected("at most " + MOST_PIXELS + ", as 256x256: more cannot be told apart in a drawing")
                    .build();
        }
        size.requireTiles(schedule());
        return size;
    }
}
