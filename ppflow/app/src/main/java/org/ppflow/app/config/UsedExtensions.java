package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.data.codec.Codecs;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.nn.extension.Extension;

/** The code from outside that a config's numbers follow from, for its provenance. */
public final class UsedExtensions {
    private UsedExtensions() {}

    /** Codec, solver and schedules that are no part of the toolkit; of schedules that only have a name of one, none. */
    public static List<Extension> of(ExperimentConfig config) {
        List<Extension> used = new ArrayList<>();
        if (config.data().encoded().isEmpty()) {
            Codecs.extension(config.data().codec()).ifPresent(used::add);
        }
        if (config.sampling().sde().solver().isEmpty()) {
            OdeSolvers.extension(config.sampling().solver()).ifPresent(used::add);
        }
        for (LevelSchedule schedule : config.schedules()) {
            NamedSchedules.extension(schedule.name())
                    .filter(named -> NamedSchedules.find(schedule.name())
                            .filter(schedule::equals)
                            .isPresent())
                    .ifPresent(used::add);
        }
        return List.copyOf(used);
    }
}
