package org.ppflow.app.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Schedules and latent of the networks that a command counts or measures; a picocli mixin. Which sizes they have, each command asks itself. */
public final class ScheduledNetworks {
    @Option(
            names = "--schedule",
            paramLabel = "SCHEDULES",
            completionCandidates = KnownNames.OfSchedules.class,
            defaultValue = "sit,ppf-2,ppf-3",
            description =
                    "With commas between, some of ${COMPLETION-CANDIDATES}, of levels as 4x4:0.5,2x2 (a level without a time is a schedule's last),"
                            + " and of configs, mine.yaml or mine.yaml#NAME (default: ${DEFAULT-VALUE}).")
    private String schedules = "sit,ppf-2,ppf-3";

    @Option(
            names = "--latent",
            paramLabel = "SIZE",
            description =
                    "The latent: 32 for 256 px, 64 for 512 px, 32x64, or with channels 4x32x32 (default: that of the config which --schedule names,"
                            + " else 32).")
    private @Nullable String latent;

    /**
     * All of them, in the order of a table's rows.
     *
     * @param sizes as typed, with commas between; null where none are
     * @param usualSizes that stand for none, where no config is among the schedules
     * @throws org.ppflow.nn.errors.BadInputException if one of the options names nothing, or a patch does not tile its latent
     */
    public List<ScheduledNetwork> all(@Nullable String sizes, String usualSizes) throws IOException {
        return ScheduledNetwork.all(
                Optional.ofNullable(sizes), usualSizes, Optional.ofNullable(latent), ScheduleOption.list(schedules));
    }

    /** The options that choose the same again. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--schedule", schedules));
        if (latent != null) {
            arguments.addAll(List.of("--latent", latent));
        }
        return arguments;
    }
}
