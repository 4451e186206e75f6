package org.ppflow.app.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One experiment of a grid.
 *
 * @param row name of the changes that make it, as a table's row refers to it; empty where the grid has no {@code cells}
 * @param point value of every axis, by its path, as written; empty without {@code grid}
 * @param config what runs; its name is a folder's below the grid's
 */
public record GridCell(String row, Map<String, String> point, ExperimentConfig config) {
    public GridCell {
        point = Collections.unmodifiableMap(new LinkedHashMap<>(point));
    }

    /** For people: {@code PPF-2 7M, seed 1}. */
    public String title() {
        StringBuilder text = new StringBuilder(row.isEmpty() ? config.name() : row);
        point.forEach((path, value) ->
                text.append(", ").append(ConfigPath.last(path)).append(' ').append(value));
        return text.toString();
    }
}
