package org.ppflow.app.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.console.Program;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.flow.level.Representation;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Reads and writes {@link ExperimentConfig} as YAML. Every mistake is a {@link BadInputException} of the form
 * {@code file:line: path.in.config[1].key: found …; expected …}.
 */
public final class ConfigReader {
    private static final String INIT = "init";
    private static final String SCRATCH = "scratch";
    /** The list of schedules. */
    static final String SCHEDULES = "schedules";

    private static final String REPRESENTATION = "representation";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(
                    YAMLWriteFeature.MINIMIZE_QUOTES,
                    YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS,
                    YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    /** For documents whose keys may be left out: their records say what that means. */
    private static final YAMLMapper LENIENT = YAML.rebuild()
            .disable(
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private ConfigReader() {}

    /**
     * Reads a file.
     *
     * @param overrides {@code path=value}, applied in order
     */
    public static ExperimentConfig read(Path file, List<String> overrides) throws IOException {
        ConfigTree tree = new ConfigTree(file.toString(), text(file));
        for (String key : GridReader.KEYS) {
            if (tree.root().has(key)) {
                throw tree.problemAt(key)
                        .found("found '" + key + "': many experiments in one config")
                        .expected("a config of one experiment")
                        .advice("'" + Program.line("run", String.valueOf(file))
                                + "' runs all of them, with --cells NAME some")
                        .build();
            }
        }
        return finish(tree, List.of(), overrides);
    }

    /**
     * Text of a document.
     *
     * @throws BadInputException if there is no such file, or it is no text
     */
    public static String text(Path file) throws IOException {
        return text(file, "a config in YAML", "see configs/ for some");
    }

    /**
     * The same of another kind of document.
     *
     * @param expected what it is
     * @param advice where there are some
     */
    public static String text(Path file, String expected, String advice) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString())
                    .found(Files.isDirectory(file) ? "found a folder" : "found no file")
                    .expected(expected)
                    .advice(advice)
                    .build();
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw BadInputException.at(file.toString())
                    .found("bytes that are no text")
                    .expected(expected + ", in UTF-8")
                    .advice(advice)
                    .cause(e)
                    .build();
        }
    }

    /**
     * Reads a text.
     *
     * @param source its name in messages
     * @param overrides {@code path=value}, applied in order
     */
    public static ExperimentConfig parse(String source, String yaml, List<String> overrides) {
        return finish(new ConfigTree(source, yaml), List.of(), overrides);
    }

    /**
     * Reads another document of records in snake case, with the same messages.
     *
     * @param source its name in messages
     */
    public static <T> T parse(String source, String yaml, Class<T> type) {
        ConfigTree tree = new ConfigTree(source, yaml);
        new KnownKeys(tree, type).require();
        try {
            return LENIENT.treeToValue(tree.root(), type);
        } catch (JacksonException e) {
            throw Mistake.of(tree, e).told();
        }
    }

    /** Adds defaults and changes, and makes the record. */
    static ExperimentConfig finish(ConfigTree tree, List<GridReader.Change> changes, List<String> overrides) {
        NumberAlone.expand("", tree.root());
        tree.addDefaults(defaults());
        expandPresets(tree);
        for (GridReader.Change change : changes) {
            tree.change(change.where(), change.path(), change.value());
            expandPresets(tree);
        }
        for (String override : overrides) {
            tree.override(override);
            expandPresets(tree);
        }
        addRepresentations(tree);
        KnownKeys known = new KnownKeys(tree, ExperimentConfig.class);
        AllMistakes all = new AllMistakes(tree, () -> YAML.treeToValue(tree.root(), ExperimentConfig.class));
        known.mistake()
                .ifPresent(
                        unknown -> { // a slip in a required key is no omission
                            throw all.after(unknown, known.remove());
                        });
        try {
            return YAML.treeToValue(tree.root(), ExperimentConfig.class);
        } catch (JacksonException e) {
            throw all.after(Mistake.of(tree, e));
        }
    }

    /** The whole config, nothing left to defaults; {@link #parse} gives the same record. */
    public static String toYaml(ExperimentConfig config) {
        return toYaml(toTree(config));
    }

    /** A tree as YAML. */
    static String toYaml(ObjectNode tree) {
        return YAML.writeValueAsString(tree);
    }

    /** The config that {@link #toTree} wrote, or one that an older version wrote: what it does not have is as {@link Defaults} say. */
    public static ExperimentConfig fromTree(String source, ObjectNode tree) {
        return parse(source, YAML.writeValueAsString(tree), List.of());
    }

    /** The whole config as a tree; schedules that are the toolkit's own are their names. */
    public static ObjectNode toTree(ExperimentConfig config) {
        ObjectNode tree = YAML.valueToTree(config);
        ArrayNode schedules = (ArrayNode) tree.get(SCHEDULES);
        for (int i = 0; i < schedules.size(); i++) {
            LevelSchedule schedule = config.schedules().get(i);
            if (NamedSchedules.builtIn().contains(schedule)) { // an extension's levels stand there themselves
                schedules.set(i, schedule.name());
            } else if (schedule.representation() == Representation.PATCHES) {
                ((ObjectNode) schedules.get(i)).remove(REPRESENTATION);
            }
        }
        return tree;
    }

    /**
     * {@code init: scratch} stands for no file, a preset's name and levels in one text for a mapping, so that {@code --set schedules[0].levels[0].end=0.4} has something to
     * change; one schedule in a text stands for a list of it.
     */
    private static void expandPresets(ConfigTree tree) {
        JsonNode init = tree.root().get(INIT);
        if (init != null && init.isString() && init.asString().equals(SCRATCH)) {
            tree.root().set(INIT, YAML.<JsonNode>valueToTree(Defaults.INIT));
        }
        JsonNode one = tree.root().get(SCHEDULES);
        if (one != null && one.isString()) {
            tree.root().putArray(SCHEDULES).add(one);
        }
        if (!(tree.root().get(SCHEDULES) instanceof ArrayNode schedules)) {
            return;
        }
        for (int i = 0; i < schedules.size(); i++) {
            JsonNode entry = schedules.get(i);
            if (!entry.isString()) {
                continue;
            }
            int at = i;
            inOneText(entry.asString()).ifPresent(schedule -> schedules.set(at, YAML.<JsonNode>valueToTree(schedule)));
        }
    }

    /** A preset, or levels as {@code 4x4:0.5,2x2}; empty for what is neither, which is refused where records are made. */
    private static Optional<LevelSchedule> inOneText(String text) {
        try {
            return Optional.of(LevelSchedule.parse(text));
        } catch (BadInputException e) {
            return Optional.empty();
        }
    }

    /** A mapping that does not say what its coarse levels see means patches of the latent. */
    private static void addRepresentations(ConfigTree tree) {
        if (tree.root().get(SCHEDULES) instanceof ArrayNode schedules) {
            for (JsonNode entry : schedules) {
                if (entry instanceof ObjectNode schedule && !schedule.has(REPRESENTATION)) {
                    schedule.put(REPRESENTATION, Representation.PATCHES.toString());
                }
            }
        }
    }

    /** An enum's value as YAML has it. */
    static String written(Object value) {
        return YAML.<JsonNode>valueToTree(value).asString();
    }

    /** Values of an enum, as YAML has them. */
    public static List<String> words(Class<?> type) {
        return Describe.names(type);
    }

    /** A schedule that fits most latents. */
    static JsonNode usualSchedule() {
        return YAML.valueToTree(LevelSchedule.preset("sit"));
    }

    /** What configs mean where they are silent, by key. */
    public static ObjectNode defaults() {
        return YAML.valueToTree(Defaults.byKey());
    }

    /** Name of a record's component in YAML: snake case. */
    public static String key(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }
}
