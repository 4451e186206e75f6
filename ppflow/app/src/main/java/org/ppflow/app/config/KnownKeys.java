package org.ppflow.app.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import tools.jackson.databind.JsonNode;

/**
 * Refuses keys that a record does not have before the record is made: where keys may be left out, a slip in one would else be told as the value that the key has then.
 */
final class KnownKeys {
    /** Keys that one message names. */
    private static final int LISTED = 12;

    private final ConfigTree tree;
    private final Class<?> document;

    /**
     * @param document what the tree is read as
     */
    KnownKeys(ConfigTree tree, Class<?> document) {
        this.tree = tree;
        this.document = document;
    }

    /**
     * Checks the whole tree.
     *
     * @throws BadInputException with all keys that are unknown, each with the one that may have been meant
     */
    void require() {
        List<Unknown> all = new ArrayList<>();
        find(tree.root(), document, "", all);
        if (all.isEmpty()) {
            return;
        }
        Unknown first = all.get(0);
        BadInputException.Builder problem = tree.problemAt(first.path())
                .found("found the unknown key '" + ConfigPath.last(first.path()) + "'")
                .expected(oneOf(first));
        Optional<String> meant = meant(first);
        if (all.size() > 1) {
            StringBuilder others = new StringBuilder("unknown as well:");
            for (Unknown other : all.subList(1, Math.min(all.size(), LISTED))) {
                others.append("\n  ").append(tree.placeOf(other.path())).append(": ");
                others.append(other.path()).append("; ").append(meant(other).orElse("expected " + oneOf(other)));
            }
            others.append(all.size() > LISTED ? "\n  …" : "");
            problem.advice(meant.map(said -> said + " ").orElse("") + others);
        } else {
            meant.ifPresent(problem::advice);
        }
        throw problem.build();
    }

    private static String oneOf(Unknown key) {
        return "one of " + String.join(", ", key.known());
    }

    /**
     * A key that is not known.
     *
     * @param known keys that there could be in its place
     */
    private record Unknown(String path, Set<String> known) {}

    private void find(JsonNode value, Type type, String path, List<Unknown> found) {
        if (type instanceof ParameterizedType generic) {
            Type[] inner = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class && value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    find(value.get(i), inner[0], path + "[" + i + "]", found);
                }
            } else if (generic.getRawType() == Map.class && value.isObject()) {
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    find(entry.getValue(), inner[1], ConfigPath.child(path, entry.getKey()), found);
                }
            }
            return;
        }
        if (!(type instanceof Class<?> record) || !record.isRecord() || !value.isObject()) {
            return;
        }
        Map<String, Type> known = of(record);
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String at = ConfigPath.child(path, entry.getKey());
            Type inner = known.get(entry.getKey());
            if (inner == null) {
                found.add(new Unknown(at, known.keySet()));
            } else {
                find(entry.getValue(), inner, at, found);
            }
        }
    }

    private Optional<String> meant(Unknown key) {
        return document == ExperimentConfig.class
                ? MeantKey.about(key.path(), key.known())
                : Nearest.to(ConfigPath.last(key.path()), key.known()).map(near -> "did you mean '" + near + "'?");
    }

    /** Keys of a record, with the type of each; none for another type. */
    static Map<String, Type> of(Class<?> record) {
        Map<String, Type> keys = new LinkedHashMap<>();
        if (record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                keys.put(ConfigReader.key(component.getName()), component.getGenericType());
            }
        }
        return keys;
    }
}
