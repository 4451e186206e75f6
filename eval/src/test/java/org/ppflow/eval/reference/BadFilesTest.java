package org.ppflow.eval.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.images.GoldenFiles;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.preflight.Preflight;
import org.ppflow.eval.preflight.PreflightReport;
import org.ppflow.eval.protocol.SetSource;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

/** Every file of the golden {@code bad/} ends in an error that names it and says what its {@code expected.json} wants said. */
class BadFilesTest {
    /** The words of {@code wanted}, as ours has them. A file that is not listed must name itself all the same. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("bad-checksum.npz", List.of("the checksum of arr_0", "damaged")),
            Map.entry("empty-file.npz", List.of("not a zip file")),
            Map.entry("float.npz", List.of("float32 pixels in 0..1", "expected uint8, 0 to 255", "(255 * x).round()")),
            Map.entry("grey.npz", List.of("1 channel,", "expected 3, as", "save numpy.repeat(images, 3, axis=3)")),
            Map.entry("nchw.npz", List.of("looks like N, C, H, W", "expected N, H, W, C with C = 3")),
            Map.entry(
                    "no-channels.npz",
                    List.of("3 axes", "expected 4: N, H, W, C", "save numpy.repeat(images[..., None], 3, axis=3)")),
            Map.entry("no-images.npz", List.of("no images")),
            Map.entry("not-a-zip.npz", List.of("a bare npy", "a zip")),
            Map.entry("object.npz", List.of("pickled objects are not read")),
            Map.entry("pixels-0-1-as-uint8.npz", List.of("every pixel is 0 or 1")),
            Map.entry("rgba.npz", List.of("4 channels", "expected 3, as")),
            Map.entry("short-data.npz", List.of("array data ends early", "2304 bytes", "1804 bytes")),
            Map.entry("stats-without-sigma.npz", List.of("mu is there, sigma, mu_s and sigma_s are not")),
            Map.entry("truncated-zip.npz", List.of("the zip is cut off")),
            Map.entry("wrong-key.npz", List.of("no arr_0 among images")));

    /** All that happens to a file of samples or a reference before a network runs. */
    private static void readAsSet(Path file) throws IOException {
        try (SetSource source = SetSource.open(file.toString(), ImageReading.colour())) {
            PreflightReport.requireNoError(
                    Preflight.of(source.requirePictures(), Progress.NONE).findings());
        }
    }

    @Test
    void everyBadFile_isRefusedByNameWithWhatWasExpected() throws IOException {
        for (Path file : GoldenFiles.npzFiles("bad")) {
            String name = file.getFileName().toString();
            assertThatThrownBy(() -> readAsSet(file))
                    .as(name)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(file.toString())
                    .satisfies(e -> assertThat(e.getMessage())
                            .contains(WORDS.getOrDefault(name, List.of()))
                            .doesNotContainPattern("expected [^;]*wanted"));
        }
    }

    @Test
    void goodFiles_areNotRefused() throws IOException {
        for (String name : List.of("stats-small.npz", "stats-small-b.npz", "end-to-end/reference.npz")) {
            Path file = GoldenFiles.path(name);
            if (java.nio.file.Files.exists(file)) {
                readAsSet(file);
            }
        }
    }
}
