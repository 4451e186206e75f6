package org.ppflow.app.schema;

import java.util.List;
import org.ppflow.app.comparison.TableSpec;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.GuidanceChannels;
import org.ppflow.app.config.NumberAlone;
import org.ppflow.data.codec.Codecs;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.sampling.OdeSolvers;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema (2020-12) of what people write: configs, with {@code cells} and {@code grid}, and tables' files. It holds key by key; what several keys must agree on,
 * such as a batch that its levels share evenly, is said when a config is read.
 */
public final class ConfigSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String PROPERTIES = "properties";
    private static final String ANY_OF = "anyOf";
    /** Rows and columns, or the side of a square. */
    private static final String PATCH = "[1-9]\\d{0,3}(x[1-9]\\d{0,3})?";

    private static final String LEVEL = PATCH + "(:[0-9.eE+-]+)?";
    /** Levels of a schedule in one text, as the reader takes them. */
    private static final String LEVELS = "^(?=.*[x:])" + LEVEL + "( *, *" + LEVEL + ")*$";

    private ConfigSchema() {}

    /** Of configs. */
    public static ObjectNode ofConfigs() {
        ObjectNode experiment = records().of(ExperimentConfig.class, ConfigReader.defaults());
        ObjectNode keys = (ObjectNode) experiment.get(PROPERTIES);
        keys.set("schedules", schedules(keys.get("schedules").get("description").asString()));
        keys.set("init", init((ObjectNode) keys.get("init")));
        adjust(keys);
        ObjectNode schema = RecordSchema.object();
        schema.put("$schema", DIALECT)
                .put("title", "A config of PPFlow")
                .put("description", "What 'ppflow run' runs: an experiment, or many of them with cells and grid.");
        ObjectNode definitions = schema.putObject("$defs");
        ObjectNode changes = experiment.deepCopy();
        ((ObjectNode) changes.get(PROPERTIES)).remove("name");
        changes.put("description", "Keys that change, also as paths: sampling.steps.")
                .put("minProperties", 1);
        withoutDefaults(changes);
        // A key with a dot or an index is a path; the reader follows it.
        changes.putObject("patternProperties").putObject("[.\\[]");
        definitions.set("changes", changes);
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode all = schema.putObject(PROPERTIES);
        all.setAll(keys);
        ObjectNode cells = all.putObject("cells")
                .put("type", "object")
                .put("description", "Changes of this config by name: one experiment each.")
                .put("minProperties", 1);
        cells.putObject("additionalProperties").put("$ref", "#/$defs/changes");
        ObjectNode grid = all.putObject("grid")
                .put("type", "object")
                .put(
                        "description",
                        "Lists of values by path: every combination is an experiment, as {seed: [0, 1, 2]}.");
        grid.putObject("additionalProperties").put("type", "array").put("minItems", 1);
        schema.putArray("required").add("name");
        ArrayNode ways = schema.putArray(ANY_OF);
        for (String way : new String[] {"schedules", "cells", "grid"}) {
            ways.addObject().putArray("required").add(way);
        }
        return schema;
    }

    /** Of tables' files. */
    public static ObjectNode ofTables() {
        ObjectNode table = records().of(TableSpec.class, MissingNode.getInstance());
        ObjectNode schema = RecordSchema.object();
        schema.put("$schema", DIALECT).put("title", "A table of PPFlow");
        schema.setAll(table);
        require(schema, "title", "blocks", "rows");
        ObjectNode keys = (ObjectNode) schema.get(PROPERTIES);
        require((ObjectNode) keys.get("blocks").get("items"), "name", "kind", "baseline_images", "metrics");
        require((ObjectNode) keys.get("rows").get("items"), "name");
        require((ObjectNode) keys.get("claims").get("items"), "text", "better", "than");
        require((ObjectNode) keys.get("footnotes").get("items"), "row", "column", "text");
        ObjectNode row = (ObjectNode) keys.get("rows").get("items").get(PROPERTIES);
        require((ObjectNode) row.get("runs").get("additionalProperties"), "config");
        ObjectNode run =
                (ObjectNode) row.get("runs").get("additionalProperties").get(PROPERTIES);
        // Points are written as they are in grids, numbers too.
        ArrayNode scalars = ((ObjectNode) run.get("point"))
                .putObject("additionalProperties")
                .putArray("type");
        scalars.add("string").add("number").add("boolean");
        for (String list : new String[] {"blocks", "rows"}) {
            ((ObjectNode) keys.get(list)).put("minItems", 1);
        }
        return schema;
    }

    private static RecordSchema records() {
        RecordSchema records = new RecordSchema();
        records.written(PatchSize.class, () -> {
            ObjectNode schema = RecordSchema.object();
            schema.putArray("type").add("string").add("integer");
            return schema.put("pattern", "^" + PATCH + "$").put("minimum", 1);
        });
        records.written(GuidanceChannels.class, () -> {
            ObjectNode schema = RecordSchema.object();
            ArrayNode ways = schema.putArray(ANY_OF);
            ways.addObject().put("const", "all");
            ways.addObject().put("type", "integer").put("minimum", 1);
            return schema;
        });
        return records;
    }

    /** Presets by name, and levels of one's own; one text for a list of one. */
    private static ObjectNode schedules(String description) {
        ObjectNode own = records().of(LevelSchedule.class, MissingNode.getInstance());
        require(own, "name", "levels");
        ObjectNode levels = (ObjectNode) own.get(PROPERTIES).get("levels");
        levels.put("minItems", 1);
        require((ObjectNode) levels.get("items"), "patch", "start", "end");
        ObjectNode levelsInOneText = RecordSchema.object();
        levelsInOneText.put("type", "string").put("pattern", LEVELS);
        List<ObjectNode> texts = List.of(RecordSchema.words(NamedSchedules.names()), levelsInOneText);
        ObjectNode list = RecordSchema.object();
        list.put("type", "array").put("minItems", 1);
        ArrayNode items = list.putObject("items").putArray(ANY_OF);
        texts.forEach(way -> items.add(way.deepCopy()));
        items.add(own);
        ObjectNode schema = RecordSchema.object();
        schema.put("description", description);
        ArrayNode ways = schema.putArray(ANY_OF);
        ways.add(list);
        texts.forEach(ways::add);
        return schema;
    }

    private static ObjectNode init(ObjectNode files) {
        ObjectNode schema = RecordSchema.object();
        schema.put("description", files.get("description").asString()).put("default", "scratch");
        ArrayNode ways = schema.putArray(ANY_OF);
        ways.addObject().put("const", "scratch");
        ways.add(files);
        return schema;
    }

    /** What types do not say. */
    private static void adjust(ObjectNode keys) {
        keys.set("name", ((ObjectNode) keys.get("name")).put("pattern", "^[A-Za-z0-9][A-Za-z0-9._-]*$"));
        ObjectNode data = (ObjectNode) keys.get("data").get(PROPERTIES);
        ((ObjectNode) data.get("source")).put("pattern", "^(mnist-t10k|idx:.+|pictures:.+|latents:.+)$");
        ((ObjectNode) data.get("latent")).put("pattern", "^(\\d{1,4}x\\d{1,4}x\\d{1,4})?$");
        words((ObjectNode) data.get("codec"), Codecs.names());
        ObjectNode report = (ObjectNode) keys.get("report").get(PROPERTIES);
        report.set("guidance", oneOrSeveral((ObjectNode) report.get("guidance")));
        ObjectNode sampling = (ObjectNode) keys.get("sampling").get(PROPERTIES);
        words((ObjectNode) sampling.get("solver"), OdeSolvers.names());
        sampling.set("guidance", oneOrSeveral((ObjectNode) sampling.get("guidance")));
        pair((ObjectNode) sampling.get("guidance_interval"));
        pair((ObjectNode) keys.get("training").get(PROPERTIES).get("betas"));
        NumberAlone.KEYS.forEach((path, key) -> numberAlone(keys, path, key));
        ObjectNode protocols =
                (ObjectNode) keys.get("evaluation").get(PROPERTIES).get("protocols");
        protocols.put("minItems", 1).put("uniqueItems", true);
    }

    /** Names, those of extensions that are there as well. */
    private static void words(ObjectNode text, List<String> names) {
        text.remove("type");
        text.set("enum", RecordSchema.words(names).get("enum"));
    }

    private static void pair(ObjectNode list) {
        list.put("minItems", 2).put("maxItems", 2);
    }

    /** A single number stands for a list of one. */
    private static ObjectNode oneOrSeveral(ObjectNode list) {
        ObjectNode schema = RecordSchema.object();
        schema.put("description", list.get("description").asString());
        schema.set("default", list.get("default"));
        ArrayNode ways = schema.putArray(ANY_OF);
        ways.add(list.get("items"));
        ObjectNode several = RecordSchema.object().put("type", "array").put("minItems", 1);
        several.set("items", list.get("items"));
        ways.add(several);
        return schema;
    }

    /** A number stands for a mapping with this key alone. */
    private static void numberAlone(ObjectNode keys, String path, String key) {
        String section = path.substring(0, path.indexOf('.'));
        ObjectNode inner = (ObjectNode) keys.get(section).get(PROPERTIES);
        String last = path.substring(path.indexOf('.') + 1);
        ObjectNode mapping = (ObjectNode) inner.get(last);
        ObjectNode schema = RecordSchema.object();
        schema.set("description", mapping.get("description"));
        ArrayNode ways = schema.putArray(ANY_OF);
        ways.add(mapping.get(PROPERTIES).get(key));
        ways.add(mapping);
        inner.set(last, schema);
    }

    private static void require(ObjectNode schema, String... keys) {
        ArrayNode required = schema.putArray("required");
        List.of(keys).forEach(required::add);
    }

    /** A cell that leaves a key out has the config's, not the default. */
    private static void withoutDefaults(ObjectNode schema) {
        schema.remove("default");
        schema.forEach(child -> {
            if (child instanceof ObjectNode inner) {
                withoutDefaults(inner);
            } else if (child instanceof ArrayNode list) {
                list.forEach(one -> {
                    if (one instanceof ObjectNode inner) {
                        withoutDefaults(inner);
                    }
                });
            }
        });
    }
}
