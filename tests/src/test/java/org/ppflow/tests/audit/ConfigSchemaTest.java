package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.tests.audit.CommandTree.Outcome;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ppflow config schema} against the configs that are there, by a validator that knows nothing of them. */
class ConfigSchemaTest {
    private static final Path CONFIGS = Path.of("../configs");
    private static final String RIGHT = """
            name: right
            schedules: [sit, {name: mine, levels: [{patch: 8x8, start: 0, end: 0.25}, {patch: 2x2, start: 0.25, end: 1}]}]
            training: {images: 96, batch: 48, learning_rate: {peak: 3e-3}}
            sampling: {guidance: [1.0, 2.0], guidance_channels: 3, sde: {method: euler}}
            """;

    static Stream<Path> configs() throws IOException {
        return yaml(CONFIGS).stream().filter(file -> !file.startsWith(CONFIGS.resolve("tables")));
    }

    static Stream<Path> tables() throws IOException {
        return yaml(CONFIGS.resolve("tables")).stream();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyCommittedConfig_holds(Path file) throws IOException {
        assertThat(mistakes(printed(), Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyCommittedTable_holds(Path file) throws IOException {
        assertThat(mistakes(printed("--table"), Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyResolvedConfig_holds(Path file) {
        Outcome shown = CommandTree.run(List.of("config", "show", file.toString()));

        assertThat(shown.code()).as(shown.err()).isEqualTo(ExitCode.DONE);
        for (String document : Splitter.onPattern("--- #.*\n").split(shown.out())) {
            if (!document.isBlank()) {
                assertThat(mistakes(printed(), document)).isEmpty();
            }
        }
    }

    @Test
    void whatIsRight_holds() {
        assertThat(mistakes(printed(), RIGHT)).isEmpty();
        assertThat(mistakes(
                        printed(), RIGHT + "init: scratch\ncells: {one: {sampling.steps: 3}}\ngrid: {seed: [0, 1]}\n"))
                .isEmpty();
        assertThat(mistakes(printed(), "name: x\ncells: {one: {schedules: [sit]}}\n"))
                .isEmpty();
        String alone = RIGHT.replace("{peak: 3e-3}", "3e-3, ema: 0.5")
                .replace("8x8", "8")
                .replace("2x2", "'2'");
        assertThat(mistakes(printed(), alone)).isEmpty();
        for (String schedules : List.of("ppf-2", "4x4:0.4,2x2", "[sit, '8:0.25, 2']")) {
            assertThat(mistakes(printed(), "name: x\nschedules: " + schedules + "\n"))
                    .as(schedules)
                    .isEmpty();
        }
    }

    /** What reads by YAML 1.1 gives a text to the validator. */
    @Test
    void numbersWithAnExponent_hold_asNumbersAndAsTexts() {
        for (String peak : List.of("5e-3", "'5e-3'", "1.5E-3", "'1.5E-3'")) {
            assertThat(mistakes(printed(), RIGHT.replace("3e-3", peak)))
                    .as(peak)
                    .isEmpty();
        }
        assertThat(mistakes(printed(), RIGHT.replace("images: 96", "images: 9.6e4")))
                .isEmpty();
        assertThat(mistakes(printed(), RIGHT.replace("3e-3", "'0.003'"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training: {bacth: 32}",
                "xyzzy: 3",
                "seed: many",
                "training: {images: 96, batch: 0}",
                "training: {images: 1.5}",
                "training: {learning_rate: 0}",
                "training: {ema: 1}",
                "sampling: {solver: hoin}",
                "sampling: {guidance: -1}",
                "sampling: {guidance_interval: [0.5]}",
                "sampling: {guidance_channels: none}",
                "model: {hidden: 130}",
                "model: {class_dropout: 1}",
                "data: {source: elsewhere}",
                "data: {codec: jpeg}",
                "runtime: {threads: -1}",
                "runtime: {xla: maybe}",
                "evaluation: {protocols: [adm, adm]}",
                "init: nothing",
                "cells: {}",
                "cells: {one: {name: other}}",
                "cells: {one: {trainin: {}}}",
                "grid: {seed: 3}",
                "grid: {seed: []}"
            })
    void whatIsWrong_doesNot(String wrong) {
        String key = wrong.substring(0, wrong.indexOf(':'));
        String without =
                RIGHT.lines().filter(line -> !line.startsWith(key + ":")).reduce("", (all, line) -> all + line + "\n");

        assertThat(mistakes(printed(), without + wrong + "\n")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedules: [sit]",
                "name: 'a b'\nschedules: [sit]",
                "name: x",
                "name: x\nschedules: []",
                "name: x\nschedules: [pff-2]",
                "name: x\nschedules: 4x4:half,2x2",
                "name: x\nschedules: '2'",
                "name: x\nschedules: [{name: mine}]",
                "name: x\nschedules: [{name: mine, levels: [{patch: 0, start: 0, end: 1}]}]",
                "name: x\nschedules: [{name: mine, levels: [{patch: 8y8, start: 0, end: 1}]}]",
                "name: x\nschedules: [{name: mine, levels: [{patch: 8x8, start: 0, end: 1.5}]}]"
            })
    void whatMustBeThere_isAskedFor(String wrong) {
        assertThat(mistakes(printed(), wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title: x",
                "title: x\nblocks: []\nrows: [{name: one}]",
                "title: x\nblocks: [{name: b, kind: half, baseline_images: 1, metrics: {fid: FID}}]\nrows: [{name: one}]",
                "title: x\nblocks: [{name: b, kind: full, baseline_images: 0, metrics: {fid: FID}}]\nrows: [{name: one}]",
                "title: x\nblock: []\nblocks: [{name: b, kind: full, baseline_images: 1, metrics: {fid: FID}}]\nrows: [{name: one}]"
            })
    void wrongTables_doNotHold(String wrong) {
        assertThat(mistakes(printed("--table"), wrong)).isNotEmpty();
    }

    /** What the schema refuses the reader refuses: it never marks as wrong what runs. */
    @Test
    void everyBound_isTheReadersToo() {
        List<String> beyond = new ArrayList<>();
        collect(printed().get("properties"), "", beyond);

        assertThat(beyond).hasSizeGreaterThan(35);
        for (String assignment : beyond) {
            assertThatThrownBy(() -> ConfigReader.parse("x", "name: x\nschedules: [sit]\n", List.of(assignment)))
                    .as(assignment)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(
                            assignment.substring(0, assignment.indexOf('=')).replaceAll("\\[.*", ""));
        }
    }

    /** One value beyond each bound, as an assignment. */
    private static void collect(JsonNode properties, String path, List<String> beyond) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String at = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            JsonNode schema = property.getValue();
            if (at.equals("cells") || at.equals("grid") || at.equals("schedules")) {
                continue; // made of the same
            }
            if (schema.has("properties")) {
                collect(schema.get("properties"), at, beyond);
            }
            schema.path("anyOf").forEach(way -> {
                if (way.has("properties")) {
                    collect(way.get("properties"), at, beyond);
                }
            });
            boolean whole = schema.path("type").path(0).asString("").equals("integer");
            double step = whole ? 1 : 1e-3;
            add(beyond, at, schema.path("minimum"), -step, whole);
            add(beyond, at, schema.path("maximum"), step, whole);
            add(beyond, at, schema.path("exclusiveMinimum"), 0, whole);
            add(beyond, at, schema.path("exclusiveMaximum"), 0, whole);
        }
    }

    private static void add(List<String> beyond, String path, JsonNode bound, double by, boolean whole) {
        if (bound.isNumber()) {
            double value = bound.asDouble() + by;
            beyond.add(path + "=" + (whole ? Long.toString((long) value) : Double.toString(value)));
        }
    }

    private static JsonNode printed(String... options) {
        List<String> words = new ArrayList<>(List.of("config", "schema"));
        words.addAll(List.of(options));
        Outcome outcome = CommandTree.run(words);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        return JsonMapper.shared().readTree(outcome.out());
    }

    private static List<String> mistakes(JsonNode schema, String yaml) {
        Object value =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        return validator.validate(JsonMapper.shared().<JsonNode>valueToTree(value)).stream()
                .map(Error::toString)
                .toList();
    }

    private static List<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
