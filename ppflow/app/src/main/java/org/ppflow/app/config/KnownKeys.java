package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
        mistake().ifPresent(told -> {
            throw told;
        });
    }

    /** What {@link #require} throws. */
    Optional<BadInputException> mistake() {
        List<Unknown> all = all();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Unknown first = all.get(0);
        BadInputException.Builder problem = tree.problemAt(first.path())
                .found("found the unknown key '" + first.key() + "'")
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
        return Optional.of(problem.build());
    }

    /** Takes unknown keys out of the tree; their paths. */
    List<String> remove() {
        List<Unknown> all = all();
        all.forEach(unknown -> unknown.mapping().remove(unknown.key()));
        return all.stream().map(Unknown::path).toList();
    }

    private List<Unknown> all() {
        List<Unknown> all = new ArrayList<>();
        find(tree.root(), document, "", all);
        return all;
    }

    private static String oneOf(Unknown key) {
        return "one of " + String.join(", ", key.known());
    }

    /**
     * A key that is not known.
     *
     * @param mapping that it is in
     * @param section path of the mapping
     * @param key as written, with a dot perhaps
     * @param known keys that there could be in its place
     */
    private record Unknown(ObjectNode mapping, String section, String key, Set<String> known) {
        String path() {
            return ConfigPath.child(section, key);
        }
    }

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
        Map<String, Type> known = type instanceof Class<?> record ? of(record) : Map.of();
        if (known.isEmpty() || !(value instanceof ObjectNode mapping)) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
            String at = ConfigPath.child(path, entry.getKey());
            Type inner = known.get(entry.getKey());
            if (inner == null) {
                found.add(new Unknown(mapping, path, entry.getKey(), known.keySet()));
            } else {
                find(entry.getValue(), inner, at, found);
            }
        }
    }

    private Optional<String> meant(Unknown key) {
        return document == ExperimentConfig.class
                ? new MeantKey(key.section(), key.key(), key.known()).advice()
                : Nearest.to(key.key(), key.known()).map(near -> "did you mean '" + near + "'?");
    }

    /** Paths of all keys of a document; {@code []} stands for every entry of a list. */
    static Set<String> paths(Class<?> document) {
        Set<String> paths = new LinkedHashSet<>();
        addPaths(document, "", paths);
        return paths;
    }

    private static void addPaths(Type type, String path, Set<String> paths) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            addPaths(list.getActualTypeArguments()[0], path + "[]", paths);
        } else if (type instanceof Class<?> record) {
            of(record).forEach((key, inner) -> {
                String at = ConfigPath.child(path, key);
                paths.add(at);
                addPaths(inner, at, paths);
            });
        }
    }

    /** Keys of a record, with the type of each; none for another type, and for a record that can only be written as one value. */
    static Map<String, Type> of(Class<?> record) {
        Map<String, Type> keys = new LinkedHashMap<>();
        boolean oneValue = Stream.of(record.getDeclaredMethods())
                .map(method -> method.getAnnotation(JsonCreator.class))
                .anyMatch(creator -> creator != null && creator.mode() == JsonCreator.Mode.DELEGATING);
        if (record.isRecord() && !oneValue) {
            for (RecordComponent component : record.getRecordComponents()) {
                keys.put(ConfigReader.key(component.getName()), component.getGenericType());
            }
        }
        return keys;
    }
}
