package org.ppflow.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;

/**
 * A schedule that {@code --schedule} chose.
 *
 * @param label the schedule's name, or its levels as they were typed
 * @param schedule its levels
 * @param networks that its config has for it, each once; none for a name or for levels
 */
public record ChosenSchedule(String label, LevelSchedule schedule, List<ConfigNetwork> networks) {
    public ChosenSchedule {
        networks = List.copyOf(networks);
    }

    /** Of a name, or of levels. */
    static ChosenSchedule withoutConfig(String label, LevelSchedule schedule) {
        return new ChosenSchedule(label, schedule, List.of());
    }

    /** With another network of its config, unless it is one that is there. */
    ChosenSchedule with(ConfigNetwork network) {
        if (networks.stream().anyMatch(network::sameAs)) {
            return this;
        }
        List<ConfigNetwork> more = new ArrayList<>(networks);
        more.add(network);
        return new ChosenSchedule(label, schedule, more);
    }

    /**
     * The one network of its config; empty where it has none.
     *
     * @throws BadInputException if experiments of the config have this schedule with several
     */
    public Optional<ConfigNetwork> network() {
        if (networks.size() > 1) {
            throw BadInputException.at("--schedule " + label)
                    .found(networks.size() + " networks with this schedule in the config: "
                            + String.join("; ", described()))
                    .expected("one")
                    .advice(
                            "say which network and latent with --model and --latent, or name the config of one experiment")
                    .build();
        }
        return networks.stream().findFirst();
    }

    private List<String> described() {
        return networks.stream()
                .map(network -> network + ", latent " + network.latent())
                .toList();
    }
}
