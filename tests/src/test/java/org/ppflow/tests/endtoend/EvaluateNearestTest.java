package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate --nearest N --nearest-grid FILE}: memorised pictures stand beside their originals. */
class EvaluateNearestTest {
    private static final int SIDE = 12;

    @TempDir
    private Path folder;

    private TinyNetwork network;
    private Path training;
    private Path copies;

    /** Samples 0 to 19 are pictures 30 to 49 of the training set. */
    @BeforeEach
    void write() throws IOException {
        network = TinyNetwork.write(folder.resolve("tiny.pb"));
        MadeUpPictures all = MadeUpPictures.of(1, 80, SIDE);
        training = all.npz(folder.resolve("training.npz"));
        copies = all.part(30, 50).npz(folder.resolve("copies.npz"));
    }

    @Test
    void copiesOfTrainingPictures_areFoundAndShown() throws IOException {
        Path grid = folder.resolve("grid.png");

        Outcome outcome = evaluate("--nearest", 4, "--nearest-grid", grid);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> lines =
                outcome.out().lines().filter(line -> line.startsWith("sample ")).toList();
        assertThat(lines).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(lines.get(i)).startsWith("sample " + 5 * i + ": nearest " + (30 + 5 * i) + " (0.000) ");
        }
        BufferedImage shown = ImageIO.read(grid.toFile());
        int row = shown.getHeight() / 4;
        int column = shown.getWidth() / 6;
        assertThat(row).isGreaterThanOrEqualTo(SIDE);
        for (int i = 0; i < 4; i++) {
            int[] sample = pixels(shown, 0, i * row, column, row);
            assertThat(pixels(shown, column, i * row, column, row)).isEqualTo(sample);
            assertThat(pixels(shown, 2 * column, i * row, column, row)).isNotEqualTo(sample);
        }
    }

    @Test
    void gridBesideJsonOnStandardOutput_leavesItJson() {
        Path grid = folder.resolve("grid.png");

        Outcome outcome = evaluate("--nearest", 2, "--nearest-grid", grid, "--json", "-");

        assertThat(JsonMapper.shared().readTree(outcome.out()).has("protocols")).isTrue();
        assertThat(outcome.err()).contains("sample 10: nearest 40 (0.000)");
        assertThat(grid).exists();
    }

    @Test
    void whatCannotBeShown_isRefused() throws IOException {
        Path grid = folder.resolve("grid.png");
        Outcome none = evaluate("--nearest", 0, "--nearest-grid", grid);
        Outcome half = evaluate("--nearest-grid", grid);
        Outcome small = network.evaluate(
                "--reference",
                MadeUpPictures.of(2, 30, 8).npz(folder.resolve("small.npz")),
                "--samples",
                copies,
                "--cache",
                folder.resolve("cache"),
                "--nearest",
                2,
                "--nearest-grid",
                grid);

        Path statistics = folder.resolve("statistics.npz");
        Npz.write(
                statistics,
                Npz.Compression.STORED,
                List.of(
                        TensorSource.doubles("mu", new int[] {2}, 0, 0),
                        TensorSource.doubles("sigma", new int[] {2, 2}, 1, 0, 0, 1),
                        TensorSource.doubles("mu_s", new int[] {2}, 0, 0),
                        TensorSource.doubles("sigma_s", new int[] {2, 2}, 1, 0, 0, 1)));
        Outcome bare = network.evaluate(
                "--reference", statistics, "--samples", copies, "--nearest", 2, "--nearest-grid", grid);

        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("statistics alone", "a reference with pictures");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--nearest 0", "1 to 1000");
        assertThat(half.code()).isEqualTo(2);
        assertThat(half.err()).contains("--nearest N --nearest-grid FILE.png");
        assertThat(small.code()).isEqualTo(2);
        assertThat(small.err()).contains("one size");
        for (Outcome refused : List.of(bare, none, half, small)) {
            assertThat(refused.out()).isEmpty();
        }
        assertThat(grid).doesNotExist();
    }

    private Outcome evaluate(Object... more) {
        return network.evaluate(Stream.concat(
                        Stream.of("--reference", training, "--samples", copies, "--cache", folder.resolve("cache")),
                        Arrays.stream(more))
                .toArray());
    }

    private static int[] pixels(BufferedImage image, int x, int y, int width, int height) {
        return image.getRGB(x, y, width, height, null, 0, width);
    }
}
