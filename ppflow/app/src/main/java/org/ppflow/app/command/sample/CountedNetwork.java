package org.ppflow.app.command.sample;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.command.ChosenSchedule;
import org.ppflow.app.command.ConfigNetwork;
import org.ppflow.app.command.LatentSize;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelSize;
import org.ppflow.nn.errors.BadInputException;

/**
 * A network and a schedule whose cost is counted.
 *
 * @param name size of a published network, or the config whose network it is
 * @param chosen its schedule
 * @param config the network
 */
record CountedNetwork(String name, ChosenSchedule chosen, DitConfig config) {
    /**
     * What is counted: where sizes are given, or no config is among the schedules, each published network with each schedule; else the networks of the configs with the
     * schedules that they have, and with all schedules that are no config's.
     *
     * @param sizes with commas between; empty where none are given
     * @param latent as typed; empty where none is given
     * @throws BadInputException if a size or the latent is none, the configs have several latents and none is given, or a patch does not tile the latent
     */
    static List<CountedNetwork> all(Optional<String> sizes, Optional<String> latent, List<ChosenSchedule> schedules) {
        Optional<LatentSize> given = latent.map(LatentSize::parse);
        List<ConfigNetwork> networks = networks(schedules);
        List<CountedNetwork> all = new ArrayList<>();
        if (sizes.isEmpty() && !networks.isEmpty()) {
            for (ConfigNetwork network : networks) {
                LatentSize on = given.orElseGet(network::latent);
                for (ChosenSchedule schedule : schedules) {
                    if (schedule.networks().isEmpty()
                            || schedule.networks().stream().anyMatch(network::sameAs)) {
                        on.requireTiles(schedule.schedule());
                        all.add(new CountedNetwork(network.name(), schedule, network.on(on, schedule.schedule())));
                    }
                }
            }
            return all;
        }
        for (String name : Splitter.on(',').trimResults().split(sizes.orElse("S,B,L,XL"))) {
            ModelSize size = OptionChoice.of("--model", name, ModelSize.values());
            LatentSize on = given.orElseGet(() -> latent(networks));
            for (ChosenSchedule schedule : schedules) {
                on.requireTiles(schedule.schedule());
                all.add(new CountedNetwork(size.name(), schedule, on.config(size, schedule.schedule())));
            }
        }
        return all;
    }

    /** Those of all configs, each once. */
    private static List<ConfigNetwork> networks(List<ChosenSchedule> schedules) {
        List<ConfigNetwork> all = new ArrayList<>();
        for (ChosenSchedule schedule : schedules) {
            for (ConfigNetwork network : schedule.networks()) {
                if (all.stream().noneMatch(network::sameAs)) {
                    all.add(network);
                }
            }
        }
        return all;
    }

    private static LatentSize latent(List<ConfigNetwork> networks) {
        List<LatentSize> latents =
                networks.stream().map(ConfigNetwork::latent).distinct().toList();
        if (latents.size() > 1) {
            throw BadInputException.at("--schedule")
                    .found("configs of the latents "
                            + String.join(
                                    ", ",
                                    latents.stream().map(LatentSize::toString).toList()))
                    .expected("one latent for the sizes of --model")
                    .advice("say which: --latent " + latents.get(0))
                    .build();
        }
        return latents.isEmpty() ? LatentSize.USUAL : latents.get(0);
    }
}
