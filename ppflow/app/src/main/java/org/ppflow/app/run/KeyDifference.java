package org.ppflow.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The keys in which two objects of JSON differ, for messages. */
public final class KeyDifference {
    /** A SHA-256, of which its first digits tell as much. */
    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

    private KeyDifference() {}

    /**
     * Sorted lines {@code model.depth: 4 before, 6 now}.
     *
     * @param ignored paths of keys that do not count
     */
    public static List<String> between(JsonNode before, JsonNode now, Set<String> ignored) {
        List<String> differences = new ArrayList<>();
        collect("", before, now, ignored, differences);
        return differences;
    }

    private static void collect(
            String path, JsonNode before, JsonNode now, Set<String> ignored, List<String> differences) {
        if (before.equals(now) || ignored.contains(path)) {
            return;
        }
        if (before.isObject() && now.isObject()) {
            TreeSet<String> keys = new TreeSet<>(before.propertyNames());
            keys.addAll(now.propertyNames());
            for (String key : keys) {
                collect(path.isEmpty() ? key : path + "." + key, before.path(key), now.path(key), ignored, differences);
            }
            return;
        }
        differences.add(path + ": " + show(before) + " before, " + show(now) + " now");
    }

    private static String show(JsonNode value) {
        String text = value.isMissingNode() ? "" : value.isString() ? value.asString() : value.toString();
        return text.isEmpty() ? "nothing" : HASH.matcher(text).replaceAll("$1…");
    }
}
