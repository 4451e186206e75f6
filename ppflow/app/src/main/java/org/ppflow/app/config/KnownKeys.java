package org.ppflow.app.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import tools.jackson.databind.JsonNode;

/**
 * Refuses keys that a record does not have before the record is made: where keys may be left out, a slip in one would else be told as the value that the key has then.
 */
final class KnownKeys {
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
     * @throws BadInputException with the key that may have been meant
     */
    void require() {
        require(tree.root(), document, "");
    }

    private void require(JsonNode value, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] inner = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class && value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    require(value.get(i), inner[0], path + "[" + i + "]");
                }
            } else if (generic.getRawType() == Map.class && value.isObject()) {
                value.properties()
                        .forEach(entry -> require(entry.getValue(), inner[1], ConfigPath.child(path, entry.getKey())));
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
                BadInputException.Builder problem = tree.problemAt(at)
                        .found("found the unknown key '" + entry.getKey() + "'")
                        .expected("one of " + String.join(", ", known.keySet()));
                advise(problem, at, known.keySet());
                throw problem.build();
            }
            require(entry.getValue(), inner, at);
        }
    }

    private void advise(BadInputException.Builder problem, String path, Set<String> known) {
        if (document == ExperimentConfig.class) {
            MeantKey.advise(problem, path, known);
        } else {
            Nearest.to(ConfigPath.last(path), known).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
        }
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
