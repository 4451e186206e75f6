package org.ppflow.app.command.figure;

import org.ppflow.app.command.LatentSize;
import org.ppflow.flow.level.LevelSchedule;
import picocli.CommandLine.Option;

/** Which levels are drawn, on which latent. */
final class LevelOptions {
    @Option(
            names = "--schedule",
            paramLabel = "NAME|LEVELS",
            defaultValue = "ppf-3",
            description =
                    "A preset, or patches with the times at which they end, as 4x4:0.5,2x2 (default: ${DEFAULT-VALUE}).")
    private String schedule = "ppf-3";

    @Option(
            names = "--latent",
            paramLabel = "SIZE",
            defaultValue = "4x32x32",
            description = "The latent: 32, 32x64, or with channels 4x32x32 (default: ${DEFAULT-VALUE}).")
    private String latent = "4x32x32";

    LevelSchedule schedule() {
        return LevelSchedule.parse(schedule);
    }

    /** The latent, which the schedule's patches tile. */
    LatentSize latent() {
        LatentSize size = LatentSize.parse(latent);
        size.requireTiles(schedule());
        return size;
    }
}
