package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate} as a person types it, against what OpenAI's evaluator printed for the same files. */
class EvaluateCommandTest {
    private static final Path GOLDEN = Path.of("..", "eval", "src", "test", "resources", "golden", "eval");

    @TempDir
    Path folder;

    @Test
    void endToEndFiles_giveWhatTheReferencePrinted() throws IOException {
        Path json = folder.resolve("evaluation.json");

        Outcome first = evaluate(json);
        String kept = Files.readString(json);
        Outcome again = evaluate(json);

        assertThat(first.code()).as(first.err()).isZero();
        JsonNode printed = JsonMapper.shared()
                .readTree(Files.readString(GOLDEN.resolve("end-to-end/results.json")))
                .get("printed");
        JsonNode protocols = JsonMapper.shared().readTree(kept).get("protocols");
        JsonNode adm = protocols.get("adm");
        // Tolerances of the golden's README: FID and sFID are singular here, their last digits follow from the root's
        // method.
        double score = printed.get("Inception Score").asDouble();
        assertThat(adm.get("inception_score").asDouble()).isEqualTo(score, within(1e-5 * score));
        assertThat(adm.get("fid").asDouble()).isEqualTo(printed.get("FID").asDouble(), within(1e-4));
        assertThat(adm.get("sfid").asDouble()).isEqualTo(printed.get("sFID").asDouble(), within(2e-3));
        // On another kind of machine one image may differ.
        assertThat(adm.get("precision").asDouble())
                .isEqualTo(printed.get("Precision").asDouble(), within(1.01 / 500));
        assertThat(adm.get("recall").asDouble()).isEqualTo(printed.get("Recall").asDouble(), within(1.01 / 600));
        assertThat(protocols.get("exact").get("precision").asDouble()).isEqualTo(0.842);
        assertThat(again.err()).contains("known already");
        assertThat(Files.readString(json)).isEqualTo(kept);

        Outcome diff = CommandLineRun.run("evaluate", "diff", json, "--published", "ppf-b-2 7m");
        assertThat(diff.code()).as(diff.err()).isZero();
        assertThat(diff.out()).contains("FID", "4.12", "500 samples");
    }

    @Test
    void badOptions_areToldBeforeAnythingRuns() {
        Object[][] wrong = {
            {"evaluate"},
            {"evaluate", "--samples", "x.npz"},
            {"evaluate", "--samples", "x.npz", "--reference", "y.npz"},
            {"evaluate", "--samples", "x.npz", "--reference", "y.npz", "--network", "no-such.pb"},
            {"evaluate", "--samples", "x.npz", "--reference", "y.npz", "--more", "kdi"},
            {"evaluate", "--samples", "x.npz", "--reference", "y.npz", "--nearest", "4"},
            {"evaluate", "diff", "no-such.json", "--published", "PPF-B-2 7M"},
            {"evaluate", "diff", "no-such.json", "--published", "PPF-B-9"}
        };
        for (Object[] arguments : wrong) {
            Outcome outcome = CommandLineRun.run(arguments);

            assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).startsWith("ppflow: ");
        }
    }

    private Outcome evaluate(Path json) {
        return CommandLineRun.run(
                "evaluate",
                "--reference",
                GOLDEN.resolve("end-to-end/reference.npz"),
                "--samples",
                GOLDEN.resolve("end-to-end/samples.npz"),
                "--network",
                GOLDEN.resolve("classify_image_graph_def.pb"),
                "--cache",
                folder.resolve("cache"),
                "--json",
                json);
    }
}
