package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
        ObjectNode tree = ConfigReader.toTree(config);
        ObjectNode usual = ConfigReader.toTree(
                ConfigReader.parse("defaults", "{name: " + config.name() + ", schedules: [sit]}", List.of()));
        List<FromDefaults> found = new ArrayList<>();
        for (String section : tree.propertyNames()) {
            if (!section.equals("name") && !section.equals("schedules")) {
                collect(section, tree.get(section), usual.path(section), found);
            }
        }
        return found;
    }

    private static void collect(String path, JsonNode value, JsonNode usual, List<FromDefaults> found) {
        if (value.equals(usual)) {
            return;
        }
        if (value.isObject() && usual.isObject()) {
            value.properties()
                    .forEach(entry ->
                            collect(path + "." + entry.getKey(), entry.getValue(), usual.path(entry.getKey()), found));
            return;
        }
        found.add(new FromDefaults(path, text(value), text(usual)));
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
