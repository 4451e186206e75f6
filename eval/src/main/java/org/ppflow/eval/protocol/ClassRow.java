package org.ppflow.eval.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers of one class.
 *
 * @param label the class
 * @param figures by name: counts, shares
 */
public record ClassRow(int label, Map<String, Double> figures) {
    public ClassRow {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
