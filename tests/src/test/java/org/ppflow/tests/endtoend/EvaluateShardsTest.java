package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate --shard}: parts of the samples, then the whole. */
class EvaluateShardsTest {
    private static final int PICTURES = 1700; // four parts of at most 512

    @TempDir
    private Path folder;

    private TinyNetwork network;
    private Path samples;
    private Path reference;

    @BeforeEach
    void write() throws IOException {
        network = TinyNetwork.write(folder.resolve("tiny.pb"));
        samples = MadeUpPictures.of(1, PICTURES, 8).npz(folder.resolve("samples.npz"));
        reference = MadeUpPictures.of(2, 600, 8).npz(folder.resolve("reference.npz"));
    }

    @Test
    void shardsInAnyOrder_areMergedToTheUnshardedResult() throws IOException {
        Path whole = folder.resolve("whole.json");
        Outcome unsharded = evaluate("whole", "--json", whole);
        assertThat(unsharded.code()).as(unsharded.err()).isZero();

        int pictures = 0;
        for (int shard : new int[] {2, 0, 1}) {
            Outcome part = network.evaluate(
                    "--samples", samples, "--shard", shard + "/3", "--cache", folder.resolve("shards"), "--json", "-");
            assertThat(part.code()).as(part.err()).isZero();
            JsonNode told = JsonMapper.shared().readTree(part.out());
            assertThat(told.get("shard").asString()).isEqualTo(shard + "/3");
            pictures += told.get("pictures").asInt();
        }
        Path merged = folder.resolve("merged.json");
        Outcome merging = evaluate("shards", "--json", merged);

        assertThat(pictures).isEqualTo(PICTURES);
        assertThat(merging.code()).as(merging.err()).isZero();
        assertThat(merging.err()).contains("features of " + reference).doesNotContain("features of " + samples);
        assertThat(merged).hasSameTextualContentAs(whole);
    }

    @Test
    void shardThatIsMissing_isMadeUpByTheMergingRun() throws IOException {
        Path whole = folder.resolve("whole.json");
        assertThat(evaluate("whole", "--json", whole).code()).isZero();
        Path cache = folder.resolve("shards");
        assertThat(network.evaluate("--samples", samples, "--shard", "1/2", "--cache", cache)
                        .code())
                .isZero();
        Path merged = folder.resolve("merged.json");

        Outcome merging = evaluate("shards", "--json", merged);

        assertThat(merging.code()).as(merging.err()).isZero();
        assertThat(merging.err()).contains("features of " + samples);
        assertThat(Files.readString(merged)).isEqualTo(Files.readString(whole));
    }

    @Test
    void shardWithoutPictures_isWarnedOf() throws IOException {
        Path few = MadeUpPictures.of(3, 30, 8).npz(folder.resolve("few.npz"));

        Outcome empty = network.evaluate("--samples", few, "--shard", "0/2", "--cache", folder.resolve("c"));
        Outcome all = network.evaluate("--samples", few, "--shard", "1/2", "--cache", folder.resolve("c"));

        assertThat(empty.code()).as(empty.err()).isZero();
        assertThat(empty.err()).contains("warning: part 0/2 is empty", "pieces of 512", "30 samples have 1;");
        assertThat(empty.out()).isEqualToNormalizingNewlines("part 0/2: no pictures\n");
        assertThat(all.err()).doesNotContain("is empty");
        assertThat(all.out()).contains("features of 30 pictures are in");
    }

    @Test
    void shardThatCannotBe_isRefused() {
        for (String wrong : new String[] {"3/3", "-1/2", "1", "0/0"}) {
            Outcome outcome = network.evaluate("--samples", samples, "--shard", wrong, "--cache", folder.resolve("c"));
            assertThat(outcome.code()).as(wrong).isEqualTo(2);
            assertThat(outcome.err()).startsWith("ppflow: ").contains(wrong);
        }
    }

    private Outcome evaluate(String cache, Object option, Object value) {
        return network.evaluate(
                "--reference", reference, "--samples", samples, "--cache", folder.resolve(cache), option, value);
    }
}
