package org.ppflow.data.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.encode.GeneratedDataset;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorSource;

class ExchangeTest {
    @TempDir
    private Path folder;

    private static ImportOptions options(OptionalDouble scale, boolean scaled) {
        return new ImportOptions(ValueType.FLOAT32, 7, scale, scaled, "unknown", 256);
    }

    @Test
    void npy_thereAndBack_givesTheSameLatents() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 40, true);
        new NpyExport(data, 0).write(folder.resolve("npy"), false, Progress.NONE);

        double scale = 0.18215;
        LatentDataset back = new LatentImport(
                        NpyLatents.open(folder.resolve("npy")), options(OptionalDouble.of(scale), true), Progress.NONE)
                .write(folder.resolve("back"));

        assertThat(back.rows()).isEqualTo(data.rows());
        assertThat(back.mirror()).isFalse();
        for (int row = 0; row < back.rows(); row++) {
            float[] expected = data.scaling().normalise(data.stored(row, 1)).values();
            float[] seen = back.scaling().normalise(back.stored(row, 1)).values();
            for (int i = 0; i < seen.length; i++) {
                // Divided by the scale and multiplied again: two roundings.
                assertThat(Math.abs(seen[i] - expected[i])).isLessThanOrEqualTo(Math.ulp(expected[i]));
            }
            assertThat(back.label(row)).isEqualTo(data.label(row));
        }
    }

    @Test
    void importWithOtherOptions_isRefusedWithWhatDiffers() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 10, false);
        new NpyExport(data, 0).write(folder.resolve("npy"), false, Progress.NONE);
        Path back = folder.resolve("back");
        importInto(back, options(OptionalDouble.of(0.5), true));

        assertThatThrownBy(() -> importInto(back, options(OptionalDouble.of(1.0), true)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("manifest.json: another data set: of scale 0.5, not 1.0;", "the same import");
        ImportOptions half = new ImportOptions(ValueType.FLOAT16, 7, OptionalDouble.of(0.5), true, "vae", 512);
        assertThatThrownBy(() -> importInto(back, half))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(
                        "of pictures of size 256, not 512",
                        "made by unknown, not by vae",
                        "stored as float32, not as float16");
        assertThat(importInto(back, options(OptionalDouble.of(0.5), true)).rows())
                .isEqualTo(data.rows());
    }

    @Test
    void sizeIsWhatTheFolderSays_unlessItIsGiven() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 10, false);
        new NpyExport(data, 0).write(folder.resolve("npy"), false, Progress.NONE);
        ImportOptions silent = new ImportOptions(
                ValueType.FLOAT32, 7, OptionalDouble.of(0.5), true, "unknown", DatasetDescription.UNKNOWN_SIZE);

        assertThat(folder.resolve("npy/imagenet8_features")).exists();
        assertThat(size(importInto(folder.resolve("silent"), silent))).isEqualTo(8);
        assertThat(size(importInto(folder.resolve("said"), options(OptionalDouble.of(0.5), true))))
                .isEqualTo(256);
    }

    @Test
    void aNumberThatIsNoSizeOfSuchLatents_isPartOfAName() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 10, false);
        new NpyExport(data, 0).write(folder.resolve("npy"), false, Progress.NONE);
        rename("cifar10");

        assertThat(NpyLatents.open(folder.resolve("npy")).imageSize()).isEmpty();
    }

    /** What stands before {@code _features} and {@code _labels}. */
    private void rename(String name) throws IOException {
        for (String part : List.of("_features", "_labels")) {
            Files.move(folder.resolve("npy/imagenet8" + part), folder.resolve("npy/" + name + part));
        }
    }

    private static int size(LatentDataset data) {
        return data.manifest().description().imageSize();
    }

    @Test
    void sizeThatNobodySaid_isUnknown_andTakesWhatAnEarlierImportSays() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 10, false);
        new NpyExport(data, 0).write(folder.resolve("npy"), false, Progress.NONE);
        rename("mine");
        ImportOptions silent = new ImportOptions(
                ValueType.FLOAT32, 7, OptionalDouble.of(0.5), true, "unknown", DatasetDescription.UNKNOWN_SIZE);

        LatentDataset imported = importInto(folder.resolve("silent"), silent);
        new NpyExport(imported, 0).write(folder.resolve("again"), false, Progress.NONE);
        importInto(folder.resolve("said"), options(OptionalDouble.of(0.5), true));

        assertThat(size(imported)).isZero();
        assertThat(folder.resolve("again/imagenet_features/0.npy")).exists();
        assertThat(size(importInto(folder.resolve("said"), silent))).isEqualTo(256);
    }

    private LatentDataset importInto(Path target, ImportOptions options) throws IOException {
        return new LatentImport(NpyLatents.open(folder.resolve("npy")), options, Progress.NONE).write(target);
    }

    /** fast-DiT pairs by place in a sorted listing; 10.npy stands before 2.npy there, here it does not. */
    @Test
    void npy_comesInTheOrderOfItsNumbers() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 40, false);
        new NpyExport(data, 0).write(folder.resolve("npy"), false, Progress.NONE);

        try (ForeignLatents.Reader reader =
                NpyLatents.open(folder.resolve("npy")).open(9)) {
            assertThat(reader.next().source()).isEqualTo("9.npy");
            assertThat(reader.next().source()).isEqualTo("10.npy");
        }
    }

    @Test
    void npy_withoutItsLabel_isRefused() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 10, false);
        new NpyExport(data, 0).write(folder, false, Progress.NONE);
        Files.delete(folder.resolve("imagenet8_labels/3.npy"));

        assertThatThrownBy(() -> NpyLatents.open(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("3.npy", "no label");
    }

    @Test
    void export_goesOnWhereItWasKilled() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder.resolve("data"), 20, true);
        new NpyExport(data, 0).write(folder.resolve("whole"), true, Progress.NONE);
        new NpyExport(data, 0).write(folder.resolve("killed"), true, Progress.NONE);
        Files.delete(folder.resolve("killed/imagenet8_labels/5.npy"));
        Files.writeString(folder.resolve("killed/imagenet8_features/5.npy"), "half of it");

        new NpyExport(data, 0).write(folder.resolve("killed"), true, Progress.NONE);

        for (String file : List.of("imagenet8_labels/5.npy", "imagenet8_features/5.npy")) {
            assertThat(folder.resolve("killed").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    private FloatArray shard(int number, int rows, boolean flipped) throws IOException {
        FloatArray latents = FloatArray.zeros(rows, 4, 2, 3);
        FloatArray mirrored = FloatArray.zeros(rows, 4, 2, 3);
        RandomStream.of(1, Purpose.TEST, number).fillGaussian(latents.values(), 0, rows * 24);
        RandomStream.of(2, Purpose.TEST, number).fillGaussian(mirrored.values(), 0, rows * 24);
        long[] labels =
                IntStream.range(0, rows).mapToLong(row -> (row + number) % 5).toArray();
        Path file = folder.resolve("latents_rank00_shard00" + number + ".safetensors");
        List<TensorSource> tensors = new java.util.ArrayList<>(List.of(
                TensorSource.floats("latents", latents), TensorSource.longs("labels", new int[] {rows}, labels)));
        if (flipped) {
            tensors.add(TensorSource.floats("latents_flip", mirrored));
        }
        Safetensors.write(file, Map.of("total_size", Integer.toString(rows)), tensors);
        return latents;
    }

    @Test
    void safetensors_comeFileByFile_withBothMirrors() throws IOException {
        FloatArray first = shard(0, 10, true);
        FloatArray second = shard(1, 13, true);

        LatentDataset data = new LatentImport(
                        SafetensorsLatents.open(folder), options(OptionalDouble.empty(), false), Progress.NONE)
                .write(folder.resolve("data"));

        assertThat(data.rows()).isEqualTo(23);
        assertThat(data.mirror()).isTrue();
        assertThat(data.classNames()).hasSize(5);
        for (int row = 0; row < 23; row++) {
            FloatArray expected = row < 10 ? first.slice(row, row + 1) : second.slice(row - 10, row - 9);
            assertThat(data.stored(row, 1)).isEqualTo(expected);
            assertThat(data.label(row)).isEqualTo(row < 10 ? row % 5 : (row - 10 + 1) % 5);
        }
        assertThat(data.source(10)).isEqualTo("latents_rank00_shard001.safetensors#0");
        float[] flipped = new float[24];
        data.copyStored(12, true, flipped, 0);
        float[] expected = new float[13 * 24];
        RandomStream.of(2, Purpose.TEST, 1).fillGaussian(expected, 0, expected.length);
        assertThat(flipped).containsExactly(java.util.Arrays.copyOfRange(expected, 48, 72));
    }

    @Test
    void safetensors_thatDisagree_areRefused() throws IOException {
        shard(0, 10, true);
        shard(1, 3, false);

        assertThatThrownBy(() -> SafetensorsLatents.open(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("shard001", "no tensor latents_flip");
    }
}
