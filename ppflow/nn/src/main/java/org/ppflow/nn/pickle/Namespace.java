package org.ppflow.nn.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object that is nothing but named attributes, as {@code argparse.Namespace}. */
public final class Namespace {
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    /** In the order in which they were set. */
    public Map<String, Object> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    void set(String name, Object value) {
        attributes.put(name, value);
    }
}
