package org.ppflow.app.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.ppflow.app.config.ConfigReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns records into JSON Schema: a key for each component, with type, description, range, words and default. */
final class RecordSchema {
    private static final String EXPONENT = "^[-+]?(\\.\\d+|\\d+(\\.\\d*)?)[eE][-+]?\\d+$";

    private final RecordDocs docs = new RecordDocs();
    /** Types that YAML writes otherwise than their record. */
    private final Map<Class<?>, Supplier<ObjectNode>> written = new HashMap<>();

    /** Says how a type is written in YAML. */
    void written(Class<?> type, Supplier<ObjectNode> schema) {
        written.put(type, schema);
    }

    /**
     * A mapping with the components of a record.
     *
     * @param defaults values of keys that may be left out; missing where there are none
     */
    ObjectNode of(Class<?> record, JsonNode defaults) {
        ObjectNode schema = object();
        schema.put("type", "object").put("description", docs.summary(record)).put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : record.getRecordComponents()) {
            String key = ConfigReader.key(component.getName());
            properties.set(key, component(record, component, defaults.path(key)));
        }
        return schema;
    }

    private ObjectNode component(Class<?> record, RecordComponent component, JsonNode defaults) {
        ObjectNode schema = type(record, component.getName(), component.getGenericType(), defaults);
        schema.put("description", docs.component(record, component.getName()));
        if (!defaults.isMissingNode() && !defaults.isObject()) {
            schema.set("default", defaults);
        }
        return schema;
    }

    private ObjectNode type(Class<?> record, String component, Type type, JsonNode defaults) {
        if (type instanceof ParameterizedType generic) {
            return several(record, component, generic, defaults);
        }
        Class<?> plain = (Class<?>) type;
        Supplier<ObjectNode> special = written.get(plain);
        if (special != null) {
            return special.get();
        }
        ObjectNode schema = object();
        if (plain == boolean.class) {
            return schema.put("type", "boolean");
        }
        if (plain == int.class || plain == long.class) {
            number(schema, "integer");
            Ranges.add(record, component, schema);
            return schema;
        }
        if (plain == double.class || plain == Double.class) {
            number(schema, "number");
            Ranges.add(record, component, schema);
            return schema;
        }
        if (plain.isEnum()) {
            return words(ConfigReader.words(plain));
        }
        if (plain.isRecord()) {
            return of(plain, defaults);
        }
        if (plain == String.class) {
            return schema.put("type", "string");
        }
        throw new IllegalStateException(record.getSimpleName() + "." + component + " is a " + plain);
    }

    /** YAML 1.2 and the program's reader take 5e-3 for a number; validators that read by YAML 1.1 take it for a text. */
    private static void number(ObjectNode schema, String type) {
        schema.putArray("type").add(type).add("string");
        schema.put("pattern", EXPONENT);
    }

    /** Lists, and mappings of names to something. */
    private ObjectNode several(Class<?> record, String component, ParameterizedType generic, JsonNode defaults) {
        Type[] inner = generic.getActualTypeArguments();
        ObjectNode schema = object();
        if (generic.getRawType() == List.class) {
            schema.put("type", "array");
            schema.set("items", type(record, component, inner[0], MissingNode.getInstance()));
            return schema;
        }
        schema.put("type", "object");
        schema.set("additionalProperties", type(record, component, Objects.requireNonNull(inner[1]), defaults));
        return schema;
    }

    /** One of some words. */
    static ObjectNode words(List<String> words) {
        ObjectNode schema = object();
        ArrayNode all = schema.putArray("enum");
        words.forEach(all::add);
        return schema;
    }

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
