package org.ppflow.app.report;

import java.util.List;

/**
 * A key of the configs in which the runs of a page differ.
 *
 * @param path {@code training.images}
 * @param values one a run; empty where it lacks the key
 */
public record DifferingSetting(String path, List<String> values) {
    public DifferingSetting {
        values = List.copyOf(values);
    }
}
