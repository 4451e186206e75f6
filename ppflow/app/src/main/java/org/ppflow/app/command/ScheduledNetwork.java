package org.ppflow.app.command;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelSize;
import org.ppflow.nn.errors.BadInputException;

/**
 * A network with a schedule, whose cost is counted or measured.
 *
 * @param name size of a published network, or the config whose network it is
 * @param chosen its schedule
 * @param config the network
 */
public record ScheduledNetwork(String name, ChosenSchedule chosen, DitConfig config) {
    /**
     * Those that options choose: where sizes are given, or no config is among the schedules, each published network with each schedule; else the networks of the configs with the
     * schedules that they have, and with all schedules that are no config's.
     *
     * @param sizes with commas between; empty where none are given
     * @param usualSizes that stand for none, where there is no config
     * @param latent as typed; empty where none is given
     * @throws BadInputException if a size or the latent is none, the configs have several latents and none is given, or a patch does not tile the latent
     */
    public static List<ScheduledNetwork> all(
            Optional<String> sizes, String usualSizes, Optional<String> latent, List<ChosenSchedule> schedules) {
        Optional<LatentSize> given = latent.map(LatentSize::parse);
        List<ConfigNetwork> networks = networks(schedules);
        List<ScheduledNetwork> all = new ArrayList<>();
        if (sizes.isEmpty() && !networks.isEmpty()) {
            for (ConfigNetwork network : networks) {
                LatentSize on = given.orElseGet(network::latent);
                for (ChosenSchedule schedule : schedules) {
                    if (schedule.networks().isEmpty()
                            || schedule.networks().stream().anyMatch(network::sameAs)) {
                        on.requireTiles(schedule.schedule());
                        ScheduledNetwork one =
                                new ScheduledNetwork(network.name(), schedule, network.on(on, schedule.schedule()));
                        if (all.stream().noneMatch(one::isTheConfigsToo)) {
                            all.add(one);
                        }
                    }
                }
            }
            return all;
        }
        for (String name : Splitter.on(',').trimResults().split(sizes.orElse(usualSizes))) {
            ModelSize size = OptionChoice.of("--model", name, ModelSize.values());
            LatentSize on = given.orElseGet(() -> latent(networks));
            for (ChosenSchedule schedule : schedules) {
                on.requireTiles(schedule.schedule());
                all.add(new ScheduledNetwork(size.name(), schedule, on.config(size, schedule.schedule())));
            }
        }
        return all;
    }

    /** Whether another is the same and one of both is a config's: {@code sit,mine.yaml} means one SiT, where the config has it too. */
    private boolean isTheConfigsToo(ScheduledNetwork other) {
        return name.equals(other.name)
                && config.equals(other.config)
                && chosen.schedule().equals(other.chosen.schedule())
                && chosen.networks().isEmpty() != other.chosen.networks().isEmpty();
    }

    /** Schedule of each; where there are several networks, with the network's name before it. */
    public static List<String> labels(List<ScheduledNetwork> all) {
        boolean several = all.stream().map(ScheduledNetwork::name).distinct().count() > 1;
        return all.stream()
                .map(one -> (several ? one.name() + ": " : "") + one.chosen().label())
                .toList();
    }

    /** For people: {@code DiT-S}, or {@code network of mine}. */
    public String title() {
        return Stream.of(ModelSize.values()).anyMatch(size -> size.name().equals(name))
                ? "DiT-" + name
                : "network of " + name;
    }

    /** The latent. */
    public LatentSize latent() {
        return new LatentSize(config.channels(), config.height(), config.width());
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
