package org.ppflow.eval.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ppflow.eval.statistics.LabelAgreement.ClassCount;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of one protocol.
 *
 * @param protocol its name
 * @param metrics by name, in the order of reports; finite, since JSON has no other numbers
 * @param byClass label agreement of each class; empty where samples have no labels
 * @param preflight what a reader should know of the pictures and numbers
 */
public record Evaluation(
        String protocol, Map<String, Double> metrics, List<ClassCount> byClass, List<String> preflight) {
    private static final String BY_CLASS = "label_agreement_by_class";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        metrics.forEach(Evaluation::requireFinite);
        byClass = List.copyOf(byClass);
        preflight = List.copyOf(preflight);
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("metric " + name + " is " + value);
        }
    }

    /** The value of a metric. */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no metric " + name + " among " + metrics.keySet());
        }
        return value;
    }

    /**
     * As JSON: {@code {"protocols": {NAME: {METRIC: VALUE}}, "preflight": [], "provenance": {}}}. Equal results and provenance give
     * equal bytes.
     *
     * @param provenance what the numbers follow from
     */
    public String toJson(Map<String, String> provenance) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode values = root.putObject("protocols").putObject(protocol);
        metrics.forEach(values::put);
        if (!byClass.isEmpty()) {
            values.set(BY_CLASS, JSON.valueToTree(byClass));
        }
        preflight.forEach(root.putArray("preflight")::add);
        ObjectNode origin = root.putObject("provenance");
        new TreeMap<>(provenance).forEach(origin::put);
        return JSON.writeValueAsString(root) + "\n";
    }

    /**
     * Reads {@link #toJson}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Evaluation parse(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            JsonNode protocols = root.path("protocols");
            String name = protocols.propertyNames().iterator().next();
            Map<String, Double> metrics = new LinkedHashMap<>();
            protocols.path(name).properties().stream()
                    .filter(entry -> entry.getValue().isNumber())
                    .forEach(entry ->
                            metrics.put(entry.getKey(), entry.getValue().asDouble()));
            List<ClassCount> byClass = protocols
                    .path(name)
                    .path(BY_CLASS)
                    .valueStream()
                    .map(node -> JSON.treeToValue(node, ClassCount.class))
                    .toList();
            List<String> warnings =
                    root.path("preflight").valueStream().map(JsonNode::asString).toList();
            return new Evaluation(name, metrics, byClass, warnings);
        } catch (JacksonException | java.util.NoSuchElementException e) {
            throw new IllegalArgumentException("not the JSON of an evaluation", e);
        }
    }
}
