package org.ppflow.eval.protocol;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Metrics as a protocol finds them, in the order of reports. Not safe for use by two threads at a time. */
final class MetricTable {
    private final MetricNames names;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Map<String, String> undefined = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    MetricTable(MetricNames names) {
        this.names = names;
    }

    MetricNames names() {
        return names;
    }

    /** A number; one that is not finite is undefined, and why is said. */
    void put(String name, double value, String whyNot) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        } else {
            undefined.put(name, whyNot);
        }
    }

    /** A number that only features of absurd size keep from being finite. */
    void put(String name, double value) {
        put(name, value, "the features are so large that it is beyond the range of numbers");
    }

    /** Says something of the numbers, once. */
    void note(String text) {
        notes.add(text);
    }

    /** Says several things. */
    void notes(Iterable<String> texts) {
        texts.forEach(notes::add);
    }

    Set<String> notes() {
        return notes;
    }

    ProtocolResult result(String protocol) {
        return new ProtocolResult(protocol, metrics, undefined);
    }
}
