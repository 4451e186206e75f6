package org.ppflow.app.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads configs that stand for several experiments. Beside the keys of {@link ExperimentConfig} there may be
 *
 * <pre>
 * cells:                                  # changes of this config, by name
 *   PPF-2 11M: {schedules: [ppf-2], training: {images: 141504}}
 * grid:                                   # every combination
 *   seed: [0, 1, 2]
 *   sampling.steps: [10, 20]
 * </pre>
 *
 * What a command line sets holds for all; an axis that it sets has that value alone. Nothing may be set inside or around an axis: points would not say what ran.
 */
public final class GridReader {
    private static final String CELLS = "cells";
    private static final String GRID = "grid";
    /** Keys of a config that stands for several experiments. */
    static final List<String> KEYS = List.of(CELLS, GRID);

    private static final String NAME = "name";
    private static final int MOST = 100_000;

    private GridReader() {}

    /** One change that a grid makes to its config. */
    record Change(String where, String path, JsonNode value) {}

    /** A value of an axis. */
    private record Choice(String path, JsonNode value, String where) {
        String text() {
            return value.isArray()
                    ? value.valueStream().map(Choice::text).collect(Collectors.joining(" "))
                    : text(value);
        }

        /** A schedule by its name, what else is no scalar as it is written. */
        private static String text(JsonNode one) {
            return one.isContainer() ? one.path(NAME).asString(one.toString()) : one.asString();
        }
    }

    /**
     * Reads a file.
     *
     * @param overrides {@code path=value}, applied in order, to every experiment
     * @throws BadInputException if a cell or an axis is wrong, or a config that comes out of them
     */
    public static ExperimentGrid read(Path file, List<String> overrides) throws IOException {
        return parse(file.toString(), ConfigReader.text(file), overrides);
    }

    /** Reads a text; {@code source} is its name in messages. */
    public static ExperimentGrid parse(String source, String yaml, List<String> overrides) {
        ConfigTree tree = new ConfigTree(source, yaml);
        JsonNode cells = tree.root().remove(CELLS);
        JsonNode axes = tree.root().remove(GRID);
        if (cells == null && axes == null) {
            ExperimentConfig config = ConfigReader.finish(tree, List.of(), overrides);
            return new ExperimentGrid(source, config.name(), true, List.of(new GridCell("", Map.of(), config)));
        }
        String name = name(tree, overrides);
        Map<String, ObjectNode> rows = rows(tree, cells);
        List<List<Choice>> points = points(tree, axes, overrides);
        List<GridCell> all = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        rows.forEach((row, changes) -> {
            for (List<Choice> point : points) {
                Map<String, String> values = new LinkedHashMap<>();
                point.forEach(choice -> values.put(choice.path(), choice.text()));
                String slug = slug(row, values);
                String other = names.putIfAbsent(slug, row);
                if (other != null) {
                    throw tree.problemAt(CELLS)
                            .found("'" + row + "' and '" + other + "' with the same folder name " + slug)
                            .expected("names that differ in letters or digits")
                            .build();
                }
                all.add(new GridCell(
                        row, values, config(source, yaml, changes(source, row, changes, point), overrides, slug)));
            }
        });
        return new ExperimentGrid(source, name, false, all);
    }

    private static ExperimentConfig config(
            String source, String yaml, List<Change> changes, List<String> overrides, String slug) {
        ConfigTree tree = new ConfigTree(source, yaml);
        tree.root().remove(CELLS);
        tree.root().remove(GRID);
        List<String> all = new ArrayList<>(overrides);
        all.add(NAME + "=" + slug);
        return ConfigReader.finish(tree, changes, all);
    }

    private static List<Change> changes(String source, String row, ObjectNode changes, List<Choice> point) {
        List<Change> all = new ArrayList<>();
        changes.properties()
                .forEach(change -> all.add(new Change(source + ": cells." + row, change.getKey(), change.getValue())));
        point.forEach(choice -> all.add(new Change(choice.where(), choice.path(), choice.value())));
        return all;
    }

    private static String name(ConfigTree tree, List<String> overrides) {
        JsonNode given = tree.root().path(NAME);
        String name = given.isContainer() ? "" : given.asString("");
        String found = Describe.value(given);
        for (String override : overrides) {
            if (path(override).equals(NAME)) {
                name = override.substring(override.indexOf('=') + 1).strip();
                found = "'" + name + "'";
            }
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw tree.problemAt(NAME)
                    .found(found)
                    .expected("letters, digits, '.', '_', '-': it names the folder of the grid")
                    .build();
        }
        return name;
    }

    private static Map<String, ObjectNode> rows(ConfigTree tree, @Nullable JsonNode cells) {
        if (cells == null) {
            return Map.of("", JsonNodeFactory.instance.objectNode());
        }
        if (!(cells instanceof ObjectNode mapping) || mapping.isEmpty()) {
            throw tree.problemAt(CELLS)
                    .found("found " + Describe.value(cells))
                    .expected("changes by name: {PPF-2 7M: {schedules: [ppf-2]}}")
                    .build();
        }
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        mapping.properties().forEach(entry -> {
            if (!(entry.getValue() instanceof ObjectNode changes) || changes.has(NAME)) {
                throw tree.problemAt(ConfigPath.child(CELLS, entry.getKey()))
                        .found("found " + Describe.value(entry.getValue()))
                        .expected("a mapping of keys to change, without name")
                        .build();
            }
            rows.put(entry.getKey(), changes);
        });
        return rows;
    }

    /** Every combination; the last axis changes fastest. */
    private static List<List<Choice>> points(ConfigTree tree, @Nullable JsonNode axes, List<String> overrides) {
        List<List<Choice>> points = new ArrayList<>(List.of(List.of()));
        if (axes == null) {
            return points;
        }
        if (!(axes instanceof ObjectNode mapping)) {
            throw tree.problemAt(GRID)
                    .found("found " + Describe.value(axes))
                    .expected("lists of values by path: {seed: [0, 1, 2]}")
                    .build();
        }
        for (Map.Entry<String, JsonNode> axis : mapping.properties()) {
            String place = ConfigPath.child(GRID, axis.getKey());
            if (!(axis.getValue() instanceof ArrayNode values) || values.isEmpty()) {
                throw tree.problemAt(place)
                        .found("found " + Describe.value(axis.getValue()))
                        .expected("a list of values, such as [0, 1, 2]")
                        .build();
            }
            if (axis.getKey().equals(NAME)) {
                throw tree.problemAt(place)
                        .found("names as values")
                        .expected("another key: a cell's name follows from its row and its values")
                        .build();
            }
            requireBeside(axis.getKey(), overrides);
            List<Choice> choices = overridden(axis.getKey(), overrides);
            if (choices.isEmpty()) {
                for (JsonNode value : values) {
                    choices.add(new Choice(axis.getKey(), value, tree.placeOf(place) + ": " + place));
                }
            }
            List<List<Choice>> more = new ArrayList<>();
            for (List<Choice> point : points) {
                for (Choice choice : choices) {
                    List<Choice> longer = new ArrayList<>(point);
                    longer.add(choice);
                    more.add(longer);
                }
            }
            points = more;
            if (points.size() > MOST) {
                throw tree.problemAt(GRID)
                        .found("more than " + MOST + " combinations")
                        .expected("fewer")
                        .build();
            }
        }
        return points;
    }

    /** An override is applied last: one inside or around an axis would change what runs at points that keep their names. */
    private static void requireBeside(String axis, List<String> overrides) {
        for (String override : overrides) {
            String path = path(override);
            if (!path.equals(axis) && (ConfigPath.isInside(path, axis) || ConfigPath.isInside(axis, path))) {
                throw BadInputException.at("--set " + override)
                        .found("a key " + (ConfigPath.isInside(path, axis) ? "inside" : "around") + " the grid's axis "
                                + axis)
                        .expected("the axis itself, with one value: --set " + axis + "=VALUE")
                        .build();
            }
        }
    }

    private static String path(String override) {
        return override.substring(0, Math.max(0, override.indexOf('='))).strip();
    }

    private static List<Choice> overridden(String path, List<String> overrides) {
        List<Choice> last = new ArrayList<>();
        for (String override : overrides) {
            if (path(override).equals(path)) {
                JsonNode value = ConfigTree.value("--set " + override, override.substring(override.indexOf('=') + 1));
                last.clear();
                last.add(new Choice(path, value, "--set " + override));
            }
        }
        return last;
    }

    /** {@code ppf-2-11m-seed-0}. */
    private static String slug(String row, Map<String, String> point) {
        List<String> words = new ArrayList<>();
        if (!row.isEmpty()) {
            words.add(row);
        }
        point.forEach((path, value) -> words.add(ConfigPath.last(path) + "-" + value));
        String slug = String.join("-", words)
                .toLowerCase(Locale.ROOT)
                .replace("+", "plus-")
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
        return slug.isEmpty() ? "cell" : slug;
    }
}
