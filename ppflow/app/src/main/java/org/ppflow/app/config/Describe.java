package org.ppflow.app.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.ppflow.flow.level.PatchSize;
import tools.jackson.databind.JsonNode;

/** Words for values and types in messages about a config. */
final class Describe {
    private static final int LONGEST = 60;

    private Describe() {}

    /** What is there. */
    static String value(JsonNode node) {
        if (node.isMissingNode()) {
            return "nothing";
        }
        if (node.isNull()) {
            return "no value";
        }
        if (node.isObject()) {
            return "a mapping";
        }
        if (node.isArray()) {
            return "a list";
        }
        String text = node.asString();
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return node.isString() ? "'" + shown + "'" : shown;
    }

    /** Values of an enum, as YAML has them. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(ConfigReader::written).toList();
    }

    /** What should be there. */
    static String type(Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == PatchSize.class) {
            return "a patch size such as 4x4";
        }
        if (type == GuidanceChannels.class) {
            return "all or a number of channels";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", names(type));
        }
        if (type.isRecord()) {
            return "a mapping with the keys "
                    + String.join(", ", KnownKeys.of(type).keySet());
        }
        return "another kind of value";
    }
}
