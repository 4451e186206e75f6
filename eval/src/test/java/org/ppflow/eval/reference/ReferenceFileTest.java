package org.ppflow.eval.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.images.GoldenFiles;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.eval.images.PictureSet;
import org.ppflow.eval.images.Reading;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReferenceFileTest {
    private static final StoredStatistics STATISTICS = new StoredStatistics(
            new StoredMoments(new double[] {0.5f, -2}, new double[] {2, 0.1, 0.1, 3}, true),
            new StoredMoments(new double[] {1.0 / 3}, new double[] {1.0 / 7}, false));

    @TempDir
    private Path folder;

    @Test
    void storedStatistics_giveTheReferencesDistances() throws IOException {
        Path one = GoldenFiles.path("stats-small.npz");
        Path other = GoldenFiles.path("stats-small-b.npz");
        Path expected = GoldenFiles.path("stats-small.json");
        assumeTrue(Files.exists(one) && Files.exists(other) && Files.exists(expected));
        StoredStatistics first = StoredStatistics.read(one).orElseThrow();
        StoredStatistics second = StoredStatistics.read(other).orElseThrow();
        assertThat(first.pool().singleMean()).isTrue();
        assertThat(second.pool().singleMean()).isFalse();
        JsonNode printed = JsonMapper.shared().readTree(Files.readString(expected));
        // One mean is float64: the reference's arithmetic is double, and so is this.
        double fid = printed.path("FID").asDouble();
        double sfid = printed.path("sFID").asDouble();
        assertThat(distance(first.pool(), second.pool())).isCloseTo(fid, within(1e-9 * fid));
        assertThat(distance(first.spatial(), second.spatial())).isCloseTo(sfid, within(1e-9 * sfid));
    }

    private static double distance(StoredMoments one, StoredMoments other) {
        return FrechetDistance.between(statistics(one), statistics(other)).value();
    }

    private static FeatureStatistics statistics(StoredMoments moments) {
        return new FeatureStatistics(1_000_000, moments.mean(), moments.covariance());
    }

    @Test
    void writtenReference_isReadBack() throws IOException {
        PictureSet set = PictureSet.noise(31, 23, 6, 4);
        long[] classes = new long[23];
        Arrays.setAll(classes, i -> i / 5);
        Path file = folder.resolve("reference.npz");
        try (ImageSource source =
                ImageSources.open(set.npz(folder.resolve("all.npz"), Npz.Compression.DEFLATED, classes)
                        .toString())) {
            ReferenceFile.write(file, source, 10, STATISTICS, Progress.NONE);
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int i : new int[] {0, 2, 4, 6, 9, 11, 13, 16, 18, 20}) { // i·23/10
            kept.write(set.pixels(), i * 72, 72);
        }
        try (ImageSource reference = ImageSources.open(file.toString())) {
            assertThat(reference.count()).isEqualTo(10);
            assertThat(reference.labels()).hasValue(new int[] {0, 0, 0, 1, 1, 2, 2, 3, 3, 4});
            assertThat(Reading.pixels(reference, 0, 3)).isEqualTo(kept.toByteArray());
        }
        StoredStatistics read = StoredStatistics.read(file).orElseThrow();
        assertThat(read.pool().mean()).isEqualTo(STATISTICS.pool().mean());
        assertThat(read.pool().covariance()).isEqualTo(STATISTICS.pool().covariance());
        assertThat(read.pool().singleMean()).isTrue();
        assertThat(read.spatial().mean()).isEqualTo(STATISTICS.spatial().mean());
        assertThat(read.spatial().covariance()).isEqualTo(STATISTICS.spatial().covariance());
        assertThat(read.spatial().singleMean()).isFalse();
    }

    /** Names, order, types and stored entries, as ADM's script asks numpy for them. */
    @Test
    void writtenReference_hasAdmsForm() throws IOException {
        PictureSet set = PictureSet.noise(32, 3, 6, 4);
        Path file = folder.resolve("reference.npz");
        ReferenceFile.write(file, set.source(), ReferenceFile.ADM_PICTURES, STATISTICS, Progress.NONE);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(java.util.zip.ZipEntry::getName))
                    .containsExactly("arr_0.npy", "mu.npy", "sigma.npy", "mu_s.npy", "sigma_s.npy");
            assertThat(header(zip, "arr_0")).contains("'descr': '|u1'", "'fortran_order': False", "(3, 6, 4, 3)");
            assertThat(header(zip, "mu")).contains("'descr': '<f4'", "(2,)");
            assertThat(header(zip, "sigma")).contains("'descr': '<f8'", "(2, 2)");
        }
    }

    private static String header(ZipFile zip, String name) throws IOException {
        try (var in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
            byte[] start = in.readNBytes(128);
            assertThat(start).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
            return new String(start, StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void picturesAlone_areAReferenceWithoutStatistics() throws IOException {
        Path file = PictureSet.noise(33, 3, 6, 4).npz(folder.resolve("a.npz"), Npz.Compression.STORED);
        assertThat(StoredStatistics.read(file)).isEqualTo(Optional.empty());
    }

    @Test
    void statisticsThatCannotBe_areRefused() throws IOException {
        refuses(new double[] {1, 2}, new double[] {1, 0, 0, 1}, 2, 2, null);
        refuses(
                new double[] {1, 2, 3},
                new double[] {1, 0, 0, 1},
                2,
                2,
                "expected floating-point numbers of shape [3, 3]");
        refuses(new double[] {1, 2}, new double[] {1, 0, 0, 1}, 4, 1, "shape [2, 2]");
        refuses(new double[] {1, Double.NaN}, new double[] {1, 0, 0, 1}, 2, 2, "mu: NaN as element 1");
        refuses(
                new double[] {1, 2},
                new double[] {1, Double.POSITIVE_INFINITY, 0, 1},
                2,
                2,
                "sigma: Infinity as element 1");
        refuses(new double[] {1, 2}, new double[] {1, 0.5, 0.4, 1}, 2, 2, "sigma: [1, 0] is 0.4, [0, 1] is 0.5");
        refuses(new double[] {1, 2}, new double[] {1, 0, 0, -1}, 2, 2, "the variance -1.0 of feature 1");
    }

    private void refuses(
            double[] mu, double[] sigma, int rows, int columns, @org.jspecify.annotations.Nullable String message)
            throws IOException {
        Path file = folder.resolve("statistics.npz");
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(
                        TensorSource.doubles("mu", new int[] {mu.length}, mu),
                        TensorSource.doubles("sigma", new int[] {rows, columns}, sigma),
                        TensorSource.floats("mu_s", new FloatArray(new int[] {1}, new float[1])),
                        TensorSource.doubles("sigma_s", new int[] {1, 1}, 1)));
        if (message == null) {
            assertThat(StoredStatistics.read(file)).isPresent();
            return;
        }
        assertThatThrownBy(() -> StoredStatistics.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }
}
