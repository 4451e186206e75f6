package org.ppflow.app.command.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.ScheduledNetwork;
import org.ppflow.app.command.ScheduledNetworks;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ScheduledNetworks schedules = new ScheduledNetworks();

    /** All of them, a row of the table each; the first is what the others are compared with. */
    List<ScheduledNetwork> all() throws IOException {
        return schedules.all(sizes, USUAL_SIZE);
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
        List<String> arguments = new ArrayList<>(schedules.arguments());
        if (sizes != null) {
            arguments.addAll(List.of("--model", sizes));
        }
        return arguments;
    }
}
