package org.ppflow.app.command.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.app.command.Ppflow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateBenchTest {
    private static final Path GRAPH =
            Path.of("..", "..", "eval", "src", "test", "resources", "golden", "eval", "classify_image_graph_def.pb");
    private static final List<String> TINY = List.of(
            "--features",
            "16",
            "--size",
            "24",
            "--batch",
            "2",
            "--repeats",
            "2",
            "--references",
            "40",
            "--samples",
            "60");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void allRows_areMeasuredEachInAProcessOfItsOwn() {
        JsonNode rows = JsonMapper.shared().readTree(bench("--network", GRAPH.toString(), "--json", "-"));

        assertThat(rows.valueStream().map(EvaluateBenchTest::name))
                .containsExactly(
                        "frechet",
                        "inception native",
                        "inception imported",
                        "precision-recall exact",
                        "precision-recall adm");
        for (JsonNode row : rows) {
            requirePositive(row, "seconds", "peak_memory_mb");
            if (!row.get("what").asString().equals("frechet")) {
                requirePositive(row, "gflops", "peak_gflops", "share_of_peak");
                assertThat(row.get("share_of_peak").asDouble())
                        .isEqualTo(row.get("gflops").asDouble()
                                / row.get("peak_gflops").asDouble());
            }
        }
        JsonNode network = rows.get(1);
        assertThat(network.get("weights").asString()).endsWith("classify_image_graph_def.pb");
        assertThat(network.get("images_per_s").asDouble()
                        * network.get("seconds").asDouble())
                .isEqualTo(network.get("batch").asDouble(), within(1e-9));
        JsonNode exact = rows.get(3);
        // 60·59/2 + 40·39/2 + 60·40 pairs of 16 features, two operations each
        assertThat(exact.get("gflops").asDouble() * exact.get("seconds").asDouble())
                .isEqualTo(4950 * 32 / 1e9, within(1e-12));
        assertThat(exact.get("precision").asDouble()).isBetween(0.0, 1.0);
        assertThat(err.toString()).contains("Inception", "distances between the sets");
    }

    @Test
    void withoutAFile_theNativeFormHasMadeUpWeightsAndTheOtherIsSaidToBeMissing() {
        String text = bench("--only", "inception");

        // A machine that others use while this runs adds a caution.
        assertThat(text.lines().filter(line -> !line.startsWith("Caution:"))).hasSize(2);
        assertThat(text).contains("images/s", "native", "2 of 24 px").doesNotContain("imported");
        assertThat(err.toString()).contains("imported form: not measured", "--network");
    }

    @Test
    void oneKindOfOnePart_isOneRow() {
        JsonNode rows =
                JsonMapper.shared().readTree(bench("--only", "precision-recall", "--protocol", "adm", "--json", "-"));

        assertThat(rows.valueStream().map(EvaluateBenchTest::name)).containsExactly("precision-recall adm");
        assertThat(rows.get(0).get("references").asInt()).isEqualTo(40);
        assertThat(rows.get(0).get("samples").asInt()).isEqualTo(60);
        assertThat(rows.get(0).get("features").asInt()).isEqualTo(16);
    }

    @Test
    void badOptions_areToldBeforeAnythingIsMeasured() {
        String[][] wrong = {
            {"--only", "inceptoin"},
            {"--network-form", "imported"},
            {"--network", "no-such.pb"},
            {"--protocol", "exakt"},
            {"--samples", "3"},
            {"--features", "0"},
            {"--size", "4096", "--batch", "64"},
            {"--json", "no-such-folder/rows.json"}
        };
        for (String[] options : wrong) {
            assertThat(run(List.of(options))).as(String.join(" ", options)).isEqualTo(2);
        }
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(wrong.length).allMatch(line -> line.startsWith("ppflow: "));
        assertThat(err.toString()).contains("did you mean 'inception'?", "--network classify_image_graph_def.pb");
    }

    @Test
    void whatGoesWrongInAnotherProcess_endsTheCommandWithItsCode() {
        assertThat(run(List.of("--network", "pom.xml", "--only", "inception"))).isEqualTo(2);
        assertThat(err.toString()).contains("pom.xml", "no GraphDef");
        assertThat(out.toString()).isEmpty();
    }

    private String bench(String... options) {
        List<String> all = new ArrayList<>(TINY);
        all.addAll(List.of(options));
        assertThat(run(all)).as(err.toString()).isZero();
        return out.toString();
    }

    private int run(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("bench", "evaluate"));
        arguments.addAll(options);
        return Ppflow.create(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static String name(JsonNode row) {
        String kind = row.path("form").asString(row.path("protocol").asString(""));
        return (row.get("what").asString() + " " + kind).strip();
    }

    private static void requirePositive(JsonNode row, String... keys) {
        for (String key : keys) {
            assertThat(row.path(key).asDouble(0)).as(name(row) + ": " + key).isPositive();
        }
    }
}
