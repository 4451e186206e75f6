package org.ppflow.app.config;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number in place of a mapping of numbers: {@code learning_rate: 1e-4} is {@code learning_rate: {peak: 1e-4}}, what else it has stays as it is.
 */
public final class NumberAlone {
    /** The key that the number is, by path of the mapping. */
    public static final Map<String, String> KEYS = Map.of("training.learning_rate", "peak", "training.ema", "decay");

    private NumberAlone() {}

    /**
     * Writes numbers alone as mappings.
     *
     * @param path of the value in an experiment's config
     * @return the value, or a mapping in its place; what is inside a mapping is changed where it is
     */
    static JsonNode expand(String path, JsonNode value) {
        String key = KEYS.get(path);
        if (key != null && value.isNumber()) {
            return JsonNodeFactory.instance.objectNode().set(key, value);
        }
        if (value instanceof ObjectNode mapping) {
            mapping.properties()
                    .forEach(entry -> entry.setValue(expand(ConfigPath.child(path, entry.getKey()), entry.getValue())));
        }
        return value;
    }
}
