package org.ppflow.app.config;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML document as a tree of values that remembers where each was written, so that a mistake found later, by a record's
 * constructor for instance, still has a line.
 */
final class ConfigTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Below it a long holds every whole number. */
    private static final double EXACT = 9e18;

    private final String source;
    private final ObjectNode root;
    /** Where each path was written: {@code file:line}, or the {@code --set} that wrote it. */
    private final Map<String, String> places = new HashMap<>();
    /** What {@code --set} wrote, by path, in order. */
    private final Map<String, String> overrides = new LinkedHashMap<>();

    /**
     * @param source name of the file, for messages
     * @throws BadInputException if the text is not YAML, not a mapping, or has a key twice
     */
    ConfigTree(String source, String yaml) {
        this.source = source;
        Node document = compose(source, yaml);
        if (!(document instanceof MappingNode mapping)) {
            throw BadInputException.at(source + ":" + line(document))
                    .found("found no mapping")
                    .expected("keys and values, such as 'name: my-experiment'")
                    .build();
        }
        this.root = (ObjectNode) convert(mapping, "", source);
    }

    ObjectNode root() {
        return root;
    }

    /** Where a path was written; what is a default has the place of what surrounds it. */
    String placeOf(String path) {
        for (String at = path; ; at = ConfigPath.parent(at)) {
            String place = places.get(at);
            if (place != null) {
                return place;
            }
            if (at.isEmpty()) {
                return source + ":1";
            }
        }
    }

    /** Starts a message about a path. */
    BadInputException.Builder problemAt(String path) {
        return BadInputException.at(path.isEmpty() ? placeOf(path) : placeOf(path) + ": " + path);
    }

    /** Writes defaults where the document is silent, all the way down; a section without a key is silent too, as when all its lines are comments. */
    void addDefaults(ObjectNode defaults) {
        addMissing(root, defaults);
    }

    private static void addMissing(ObjectNode target, ObjectNode defaults) {
        for (Map.Entry<String, JsonNode> entry : defaults.properties()) {
            JsonNode present = target.get(entry.getKey());
            boolean emptySection =
                    present != null && present.isNull() && entry.getValue().isObject();
            if (present == null || emptySection) {
                target.set(entry.getKey(), entry.getValue().deepCopy());
            } else if (present instanceof ObjectNode inner && entry.getValue() instanceof ObjectNode innerDefaults) {
                addMissing(inner, innerDefaults);
            }
        }
    }

    /** Applies one {@code path=value}, whose value is YAML. Mappings are merged; everything else is replaced. */
    void override(String assignment) {
        String where = "--set " + assignment;
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw BadInputException.at(where)
                    .found("found no path and value")
                    .expected("PATH=VALUE, for instance training.batch=32")
                    .build();
        }
        String path = assignment.substring(0, equals).strip();
        String text = assignment.substring(equals + 1);
        if (text.isBlank()) {
            throw BadInputException.at(where + ": " + path)
                    .found("found no value")
                    .expected("PATH=VALUE")
                    .build();
        }
        write(where, path);
        overrides.put(path, where);
        JsonNode value = convert(compose(where, text), path, where);
        ConfigPath.put(root, path, NumberAlone.expand(path, value), where);
    }

    /** Applies one change; mappings are merged, everything else is replaced. */
    void change(String where, String path, JsonNode value) {
        write(where, path);
        ConfigPath.put(root, path, NumberAlone.expand(path, value.deepCopy()), where);
    }

    /** A path is written anew, and so are the mappings on the way that are not there yet. */
    private void write(String where, String path) {
        ConfigPath.requireForm(path, where);
        places.keySet().removeIf(known -> ConfigPath.isInside(known, path));
        overrides.keySet().removeIf(known -> ConfigPath.isInside(known, path));
        places.put(path, where);
        for (String on = ConfigPath.parent(path);
                ConfigPath.get(root, on).isMissingNode();
                on = ConfigPath.parent(on)) {
            places.put(on, where);
        }
    }

    /** Each {@code --set} that wrote something of a section, where the path itself was written elsewhere; empty where none did. */
    Optional<String> overrideBeside(String path, String section) {
        return section.isEmpty() || overrides.containsValue(placeOf(path))
                ? Optional.empty()
                : overrides.entrySet().stream()
                        .filter(entry -> ConfigPath.isInside(entry.getKey(), section))
                        .map(Map.Entry::getValue)
                        .reduce((one, other) -> one + " " + other);
    }

    /** Reads one value of YAML. */
    static JsonNode value(String where, String text) {
        return new ConfigTree(where, "value: " + text).root().get("value");
    }

    private static Node compose(String source, String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true) // found below, where the path is known
                .build();
        try {
            return new Compose(settings)
                    .composeString(yaml)
                    .orElseThrow(() -> BadInputException.at(source + ":1")
                            .found("found nothing")
                            .expected("keys and values, such as 'name: my-experiment'")
                            .advice("see configs/ for some")
                            .build());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw BadInputException.at(source + ":" + line)
                    .found("not YAML: " + e.getProblem())
                    .advice("check indentation, quotes and colons near this line")
                    .cause(e)
                    .build();
        } catch (YamlEngineException e) {
            throw BadInputException.at(source)
                    .found("not YAML: " + e.getMessage())
                    .cause(e)
                    .build();
        }
    }

    private JsonNode convert(Node node, String path, String from) {
        boolean inFile = from.equals(source);
        places.putIfAbsent(path, inFile ? from + ":" + line(node) : from);
        if (node instanceof MappingNode mapping) {
            ObjectNode object = NODES.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                String childPath = ConfigPath.child(path, key);
                String place = inFile ? from + ":" + line(tuple.getKeyNode()) : from;
                if (object.has(key)) {
                    throw BadInputException.at(place + ": " + childPath)
                            .found("found the key a second time")
                            .expected("each key once; it is at " + places.get(childPath))
                            .build();
                }
                places.put(childPath, place);
                object.set(key, convert(tuple.getValueNode(), childPath, from));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(convert(element, path + "[" + array.size() + "]", from));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return integer(text);
            }
            if (tag.equals(Tag.FLOAT)) {
                return number(text);
            }
        } catch (NumberFormatException e) {
            return NODES.stringNode(text); // .inf, .nan and what no long holds: rejected as not a number
        }
        return NODES.stringNode(text);
    }

    /** A whole number may be written with an exponent, as 1e4; one with a decimal point alone, as 32.0, is none. */
    private static JsonNode number(String text) {
        double value = Double.parseDouble(text);
        if (text.matches(".*[eE].*") && Math.abs(value) < EXACT && value == Math.rint(value)) {
            BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
            if (exact.scale() <= 0) {
                return integer(exact.toPlainString());
            }
        }
        return NODES.numberNode(value);
    }

    private static JsonNode integer(String text) {
        long value = text.startsWith("0x") || text.startsWith("0o")
                ? Long.parseLong(text.substring(2), text.startsWith("0x") ? 16 : 8)
                : Long.parseLong(text);
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
