package org.ppflow.app.command.figure;

import java.io.IOException;
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
            defaultValue = "4x32x32",
            description = "The latent: 32, 32x64, or with channels 4x32x32 (default: ${DEFAULT-VALUE}).")
    private String latent = "4x32x32";

    LevelSchedule schedule() throws IOException {
        return ScheduleOption.one(schedule);
    }

    /**
     * The latent, which the schedule's patches tile.
     *
     * @throws BadInputException if they do not, or the latent has more pixels than a drawing shows
     */
    LatentSize latent() throws IOException {
        LatentSize size = LatentSize.parse(latent);
        if (size.height() * size.width() > MOST_PIXELS) {
            throw BadInputException.at("--latent " + latent)
                    .found(size.height() * size.width() + " pixels")
                    .expected("at most " + MOST_PIXELS + ", as 256x256: more cannot be told apart in a drawing")
                    .build();
        }
        size.requireTiles(schedule());
        return size;
    }
}
