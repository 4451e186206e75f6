package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A key that not all of some configs give the same value.
 *
 * @param path {@code training.images}
 * @param values one a config; empty where it lacks the key
 */
public record DifferingKeys(String path, List<String> values) {
    public DifferingKeys {
        values = List.copyOf(values);
    }

    /** All such keys, in the order of the configs; their names are not among them. */
    public static List<DifferingKeys> of(List<ExperimentConfig> configs) {
        List<DifferingKeys> found = new ArrayList<>();
        List<JsonNode> trees =
                configs.stream().<JsonNode>map(ConfigReader::toTree).toList();
        for (String section : names(trees)) {
            if (!section.equals("name")) {
                collect(section, trees.stream().map(tree -> tree.path(section)).toList(), found);
            }
        }
        return found;
    }

    private static void collect(String path, List<JsonNode> values, List<DifferingKeys> found) {
        if (values.stream().distinct().count() < 2) {
            return;
        }
        if (values.stream().allMatch(JsonNode::isObject)) {
            for (String name : names(values)) {
                collect(
                        path + "." + name,
                        values.stream().map(value -> value.path(name)).toList(),
                        found);
            }
            return;
        }
        found.add(
                new DifferingKeys(path, values.stream().map(DifferingKeys::text).toList()));
    }

    private static Set<String> names(List<JsonNode> objects) {
        Set<String> names = new LinkedHashSet<>();
        objects.forEach(object -> names.addAll(object.propertyNames()));
        return names;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "" : value.isString() ? value.asString() : value.toString();
    }
}
