package org.ppflow.eval.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of an evaluation.
 *
 * @param protocols one or more, in the order of reports
 * @param classes numbers of each class, by label; empty where pictures have none
 * @param preflight what a reader should know of the pictures and numbers
 */
public record Evaluation(List<ProtocolResult> protocols, List<ClassRow> classes, List<String> preflight) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Evaluation {
        protocols = List.copyOf(protocols);
        classes = List.copyOf(classes);
        preflight = List.copyOf(preflight);
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("an evaluation by no protocol");
        }
    }

    /** The numbers of a protocol, of the last one where there is none of the name. */
    public ProtocolResult protocol(String name) {
        return protocols.stream()
                .filter(result -> result.protocol().equals(name))
                .findFirst()
                .orElse(protocols.get(protocols.size() - 1));
    }

    /** All metrics of {@code exact}, or of the only protocol. */
    public Map<String, Double> metrics() {
        return protocol(ExactProtocol.NAME).metrics();
    }

    /** The value of a metric of {@code exact}, or of the only protocol. */
    public double metric(String name) {
        return protocol(ExactProtocol.NAME).metric(name);
    }

    /**
     * As JSON: {@code {"protocols": {NAME: {METRIC: VALUE}}, "classes": [], "preflight": [], "provenance": {}}}. Equal results and provenance give equal
     * bytes.
     *
     * @param provenance what the numbers follow from
     */
    public String toJson(Map<String, String> provenance) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode all = root.putObject("protocols");
        for (ProtocolResult result : protocols) {
            ObjectNode values = all.putObject(result.protocol());
            result.metrics().forEach(values::put);
            result.undefined().keySet().forEach(values::putNull);
        }
        if (!classes.isEmpty()) {
            ArrayNode rows = root.putArray("classes");
            for (ClassRow row : classes) {
                ObjectNode node = rows.addObject().put("label", row.label());
                row.figures().forEach(node::put);
            }
        }
        ArrayNode notes = root.putArray("preflight");
        preflight.forEach(notes::add);
        for (ProtocolResult result : protocols) {
            result.undefined().forEach((name, why) -> notes.add(result.protocol() + ": " + name + ": " + why));
        }
        ObjectNode origin = root.putObject("provenance");
        new TreeMap<>(provenance).forEach(origin::put);
        return JSON.writeValueAsString(root) + "\n";
    }

    /**
     * Reads {@link #toJson}; why a metric is undefined stays among the notes.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Evaluation parse(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            List<ProtocolResult> protocols = new ArrayList<>();
            root.path("protocols").properties().forEach(protocol -> {
                Map<String, String> undefined = new LinkedHashMap<>();
                protocol.getValue().properties().stream()
                        .filter(entry -> entry.getValue().isNull())
                        .forEach(entry -> undefined.put(entry.getKey(), "see the notes"));
                protocols.add(new ProtocolResult(protocol.getKey(), numbers(protocol.getValue()), undefined));
            });
            List<ClassRow> classes = root.path("classes")
                    .valueStream()
                    .map(row -> {
                        Map<String, Double> figures = numbers(row);
                        figures.remove("label");
                        return new ClassRow(row.path("label").asInt(), figures);
                    })
                    .toList();
            List<String> notes =
                    root.path("preflight").valueStream().map(JsonNode::asString).toList();
            return new Evaluation(protocols, classes, notes);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not the JSON of an evaluation", e);
        }
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties().stream()
                .filter(entry -> entry.getValue().isNumber())
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asDouble()));
        return numbers;
    }
}
