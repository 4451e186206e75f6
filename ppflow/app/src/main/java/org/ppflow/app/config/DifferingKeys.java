package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A key that not all of some objects of JSON give the same value.
 *
 * @param path {@code training.images}
 * @param values one an object; empty where it lacks the key
 */
public record DifferingKeys(String path, List<String> values) {
    public DifferingKeys {
        values = List.copyOf(values);
    }

    /** All such keys, in the order of the configs; their names are not among them. */
    public static List<DifferingKeys> of(List<ExperimentConfig> configs) {
        return between(configs.stream().<JsonNode>map(ConfigReader::toTree).toList()).stream()
                .filter(key -> !key.isInside("name"))
                .toList();
    }

    /** All such keys of any objects, in their order. Lists are values: which of their elements differ is not said. */
    public static List<DifferingKeys> between(List<JsonNode> objects) {
        List<DifferingKeys> found = new ArrayList<>();
        collect("", objects, found);
        return found;
    }

    /** Whether it is that key, or one below it. */
    public boolean isInside(String key) {
        return path.equals(key) || path.startsWith(key + ".");
    }

    private static void collect(String path, List<JsonNode> values, List<DifferingKeys> found) {
        if (values.stream().distinct().count() < 2) {
            return;
        }
        if (!values.stream().allMatch(JsonNode::isObject)) {
            found.add(new DifferingKeys(
                    path, values.stream().map(DifferingKeys::text).toList()));
            return;
        }
        for (String name : names(values)) {
            collect(
                    path.isEmpty() ? name : path + "." + name,
                    values.stream().map(value -> value.path(name)).toList(),
                    found);
        }
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
