package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Paths in a config, as people write them: {@code schedules[1].levels[0].end}. The root's path is empty. */
final class ConfigPath {
    private static final Pattern SEGMENT = Pattern.compile("\\.?([^.\\[\\]=]+)|\\[(\\d{1,6})]");

    private ConfigPath() {}

    static String child(String path, String key) {
        if (key.isEmpty()) {
            return path;
        }
        return path.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
    }

    /** Path of what surrounds; the root's is the root. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    /** The last key or index: {@code end}, {@code [0]}. */
    static String last(String path) {
        String rest = path.substring(parent(path).length());
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }

    /** Whether a path is another or below it. */
    static boolean isInside(String path, String ancestor) {
        return path.equals(ancestor) || path.startsWith(ancestor + ".") || path.startsWith(ancestor + "[");
    }

    /** The value at a path, or a missing node. */
    static JsonNode get(JsonNode root, String path) {
        JsonNode at = root;
        for (String segment : segments(path, path)) {
            at = segment.startsWith("[") ? at.path(index(segment)) : at.path(segment);
        }
        return at;
    }

    /** @throws BadInputException if a text is no path */
    static void requireForm(String path, String where) {
        segments(path, where);
    }

    /**
     * Writes a value. Mappings on the way are made where they are missing; lists grow by one at most.
     *
     * @param where for messages
     */
    static void put(ObjectNode root, String path, JsonNode value, String where) {
        List<String> segments = segments(path, where);
        JsonNode at = root;
        String here = "";
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            if (segment.startsWith("[")) {
                at = inList(at, here, index(segment), last ? value : null, where);
            } else {
                at = inMapping(at, here, segment, last ? value : null, where);
            }
            here = child(here, segment);
        }
    }

    private static JsonNode inList(
            JsonNode at, String here, int index, @org.jspecify.annotations.Nullable JsonNode value, String where) {
        if (!(at instanceof ArrayNode list)) {
            throw BadInputException.at(where + ": " + here)
                    .found("found " + Describe.value(at))
                    .expected("a list, since the path goes on with [" + index + "]")
                    .build();
        }
        if (index > list.size() || (value == null && index == list.size())) {
            throw BadInputException.at(where + ": " + here)
                    .found("found index " + index)
                    .expected("less than " + list.size() + ", the list's length")
                    .build();
        }
        if (value == null) {
            return list.get(index);
        }
        if (index == list.size()) {
            list.add(value);
        } else {
            list.set(index, value);
        }
        return value;
    }

    private static JsonNode inMapping(
            JsonNode at, String here, String key, @org.jspecify.annotations.Nullable JsonNode value, String where) {
        if (!(at instanceof ObjectNode mapping)) {
            throw BadInputException.at(where + ": " + here)
                    .found("found " + Describe.value(at))
                    .expected("a mapping, since the path goes on with ." + key)
                    .build();
        }
        JsonNode present = mapping.get(key);
        if (value == null) {
            return present == null ? mapping.putObject(key) : present;
        }
        if (present instanceof ObjectNode target && value instanceof ObjectNode changes) {
            changes.properties().forEach(change -> inMapping(target, here, change.getKey(), change.getValue(), where));
            return target;
        }
        mapping.set(key, value);
        return value;
    }

    private static List<String> segments(String path, String where) {
        List<String> segments = new ArrayList<>();
        Matcher matcher = SEGMENT.matcher(path);
        int end = 0;
        while (end < path.length() && matcher.find(end) && matcher.start() == end) {
            segments.add(matcher.group(1) != null ? matcher.group(1) : matcher.group());
            end = matcher.end();
        }
        if (end < path.length()) {
            throw BadInputException.at(where)
                    .found("found path '" + path + "'")
                    .expected("keys and indices, for instance schedules[1].levels[0].end")
                    .build();
        }
        return segments;
    }

    private static int index(String segment) {
        return Integer.parseInt(segment.substring(1, segment.length() - 1));
    }
}
