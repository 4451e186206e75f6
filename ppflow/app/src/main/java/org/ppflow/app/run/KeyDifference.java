package org.ppflow.app.run;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.ppflow.app.config.DifferingKeys;
import tools.jackson.databind.JsonNode;

/** The keys in which two objects of JSON differ, for messages. */
public final class KeyDifference {
    /** A SHA-256, of which its first digits tell as much. */
    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

    private KeyDifference() {}

    /**
     * Sorted lines {@code model.depth: 4 before, 6 now}.
     *
     * @param ignored keys that do not count, nor what is below them
     */
    public static List<String> between(JsonNode before, JsonNode now, Set<String> ignored) {
        return DifferingKeys.between(List.of(before, now)).stream()
                .filter(key -> ignored.stream().noneMatch(key::isInside))
                .map(key -> key.path() + ": " + show(key.values().get(0)) + " before, "
                        + show(key.values().get(1)) + " now")
                .sorted()
                .toList();
    }

    private static String show(String value) {
        return value.isEmpty() ? "nothing" : HASH.matcher(value).replaceAll("$1…");
    }
}
