package org.ppflow.app.command.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.ScheduleOption;
import org.ppflow.app.command.ScheduledNetwork;
import picocli.CommandLine.Option;

/** The networks and schedules that a bench measures; a picocli mixin. */
final class BenchedNetworks {
    private static final String USUAL_SIZE = "S";

    @Option(
            names = {"--model", "--size"},
            completionCandidates = KnownNames.OfSizes.class,
            paramLabel = "SIZE",
            description = "Size of the network (default: the network of the config which --schedule names, else S).")
    private @Nullable String sizes;

    @Option(
            names = "--schedule",
            paramLabel = "SCHEDULES",
            completionCandidates = KnownNames.OfSchedules.class,
            defaultValue = "sit,ppf-2,ppf-3",
            description =
                    "With commas between, some of ${COMPLETION-CANDIDATES}, of levels as 4x4:0.5,2x2, and of configs, mine.yaml or mine.yaml#NAME;"
                            + " the first one is what the others are compared with (default: ${DEFAULT-VALUE}).")
    private String schedules = "sit,ppf-2,ppf-3";

    @Option(
            names = "--latent",
            paramLabel = "SIZE",
            description = "The latent (default: that of the config which --schedule names, else 4x32x32).")
    private @Nullable String latent;

    /**
     * All of them, a row of the table each.
     *
     * @throws org.ppflow.nn.errors.BadInputException if one of the options names nothing, or a patch does not tile its latent
     */
    List<ScheduledNetwork> all() throws IOException {
        return ScheduledNetwork.all(
                Optional.ofNullable(sizes), USUAL_SIZE, Optional.ofNullable(latent), ScheduleOption.list(schedules));
    }

    /** For the line below a table: {@code DiT-S, latent 4x32x32}. */
    static String title(List<ScheduledNetwork> networks) {
        return networks.stream()
                .map(network -> network.title() + ", latent " + network.latent())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** The options that choose the same again. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--schedule", schedules));
        if (sizes != null) {
            arguments.addAll(List.of("--model", sizes));
        }
        if (latent != null) {
            arguments.addAll(List.of("--latent", latent));
        }
        return arguments;
    }
}
