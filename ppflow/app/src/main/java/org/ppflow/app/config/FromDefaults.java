package org.ppflow.app.config;

import java.util.List;

/**
 * A key of a config whose value is not what {@link Defaults} say.
 *
 * @param path {@code training.images}
 * @param value that it has
 * @param usual the default
 */
public record FromDefaults(String path, String value, String usual) {
    /** All such keys of a config, in its order; its name and its schedules, which have no defaults, are not among them. */
    public static List<FromDefaults> of(ExperimentConfig config) {
        ExperimentConfig usual =
                ConfigReader.parse("defaults", "{name: " + config.name() + ", schedules: [sit]}", List.of());
        return DifferingKeys.of(List.of(config, usual)).stream()
                .filter(key -> !key.isInside("schedules"))
                .map(key -> new FromDefaults(
                        key.path(), key.values().get(0), key.values().get(1)))
                .toList();
    }
}
