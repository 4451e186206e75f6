package org.ppflow.app.command.completion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ppflow.app.schema.ConfigSchema;
import tools.jackson.databind.JsonNode;

/** Keys of configs as {@code --set} takes them, {@code training.ema.decay}, each with the words that it may have; none for numbers and texts. */
final class ConfigKeys {
    private static final String PROPERTIES = "properties";

    /** What makes many experiments of a config is no key of one. */
    private static final List<String> MANY = List.of("cells", "grid");

    private ConfigKeys() {}

    /** All of them, in the order of configs. */
    static Map<String, List<String>> all() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        ConfigSchema.ofConfigs().get(PROPERTIES).properties().stream()
                .filter(entry -> !MANY.contains(entry.getKey()))
                .forEach(entry -> collect(entry.getKey(), entry.getValue(), keys));
        return Collections.unmodifiableMap(keys);
    }

    private static void collect(String path, JsonNode schema, Map<String, List<String>> keys) {
        List<JsonNode> ways = new ArrayList<>(List.of(schema));
        schema.path("anyOf").forEach(ways::add);
        List<String> words = new ArrayList<>();
        boolean section = false;
        for (JsonNode way : ways) {
            words.addAll(words(way));
            if (way.has(PROPERTIES)) {
                section = true;
                way.get(PROPERTIES)
                        .properties()
                        .forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), keys));
            }
        }
        if (!section || !words.isEmpty()) {
            keys.put(path, List.copyOf(words));
        }
    }

    private static List<String> words(JsonNode schema) {
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(word -> words.add(word.asString()));
        if (schema.has("const")) {
            words.add(schema.get("const").asString());
        }
        if (schema.path("type").asString("").equals("boolean")) {
            words.addAll(List.of("true", "false"));
        }
        return words;
    }
}
