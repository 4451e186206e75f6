package org.ppflow.eval.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of one protocol.
 *
 * @param protocol its name
 * @param metrics by name, in the order of reports; finite
 * @param undefined metrics that have no number on this input, with the reason; null in JSON
 */
public record ProtocolResult(String protocol, Map<String, Double> metrics, Map<String, String> undefined) {
    public ProtocolResult {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        undefined = Collections.unmodifiableMap(new LinkedHashMap<>(undefined));
        metrics.forEach(ProtocolResult::requireFinite);
        for (String name : undefined.keySet()) {
            if (metrics.containsKey(name)) {
                throw new IllegalArgumentException("metric " + name + " is both there and undefined");
            }
        }
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
}
