package org.ppflow.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.HaarCodec;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.encode.GeneratedDataset;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Mnist;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

class LatentLoaderTest {
    private static final int ROWS = 2000;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static LatentDataset digits;

    @BeforeAll
    static void encode() throws IOException {
        PictureSelection pictures =
                new PictureSelection(Mnist.embedded(), new Holdout(5, 4), Part.REFERENCE, new CentrePadding(32));
        digits = new DatasetEncoder(new HaarCodec(), new EncodeOptions(ValueType.FLOAT32, 700, 64), Progress.NONE)
                .encode(pictures, shared.resolve("digits"), java.util.Optional.empty());
    }

    /** 64 does not divide 2000: batches span two epochs. */
    @ParameterizedTest
    @ValueSource(ints = {64, 2000, 3000, 7})
    void batch_givesEveryRowOnceAnEpoch(int batch) {
        LatentLoader loader = new LatentLoader(digits, 5);
        int epochs = 3;
        long[] order = LongStream.range(0, (long) epochs * ROWS / batch + 1)
                .mapToObj(step -> loader.batch(step, batch).rows())
                .flatMapToLong(Arrays::stream)
                .toArray();

        for (int epoch = 0; epoch < epochs; epoch++) {
            long[] one = Arrays.copyOfRange(order, epoch * ROWS, (epoch + 1) * ROWS);
            Arrays.sort(one);
            assertThat(one).isEqualTo(LongStream.range(0, ROWS).toArray());
        }
        assertThat(Arrays.copyOf(order, ROWS)).isNotEqualTo(Arrays.copyOfRange(order, ROWS, 2 * ROWS));
    }

    @Test
    void batch_givesTheRowsTheyNumber_normalised() {
        LoadedBatch batch = new LatentLoader(digits, 5).batch(11, 32);

        for (int i = 0; i < 32; i++) {
            FloatArray expected = digits.scaling().normalise(digits.stored(batch.rows()[i], 1));
            assertThat(batch.latents().slice(i, i + 1)).isEqualTo(expected);
            assertThat(batch.labels()[i]).isEqualTo(digits.label(batch.rows()[i]));
        }
        assertThat(batch.latents().shape()).containsExactly(32, 4, 16, 16);
    }

    @Test
    void batch_dependsOnNothingButSeedAndStep() {
        LatentLoader used = new LatentLoader(digits, 5);
        for (long step = 0; step < 40; step++) {
            used.batch(step, 64);
        }
        LoadedBatch onward = used.batch(40, 64);
        LoadedBatch resumed = new LatentLoader(digits, 5).batch(40, 64);

        assertThat(resumed.rows()).isEqualTo(onward.rows());
        assertThat(resumed.latents()).isEqualTo(onward.latents());
        assertThat(new LatentLoader(digits, 6).batch(40, 64).rows()).isNotEqualTo(onward.rows());
    }

    /** Worker w of W takes places [w·batch/W, (w + 1)·batch/W): together the whole batch, in its order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void batch_isPartitionedExactlyOverWorkers(int workers) {
        LatentLoader loader = new LatentLoader(digits, 5);
        int batch = 100;
        for (long step = 0; step < 25; step++) {
            LoadedBatch whole = loader.batch(step, batch);
            int place = 0;
            for (int worker = 0; worker < workers; worker++) {
                LoadedBatch share = loader.batch(step, batch, worker * batch / workers, (worker + 1) * batch / workers);
                int end = place + share.rows().length;
                assertThat(share.rows()).isEqualTo(Arrays.copyOfRange(whole.rows(), place, end));
                assertThat(share.latents()).isEqualTo(whole.latents().slice(place, end));
                place = end;
            }
            assertThat(place).isEqualTo(batch);
        }
    }

    @Test
    void batch_drawsTheMirrorAnewForEveryRow() throws IOException {
        LatentDataset mirrored = GeneratedDataset.encode(folder, 40, true);
        LatentLoader loader = new LatentLoader(mirrored, 5);
        int flips = 0;
        for (long step = 0; step < 50; step++) {
            LoadedBatch batch = loader.batch(step, 20);
            for (int i = 0; i < 20; i++) {
                FloatArray plain = FloatArray.zeros(1, 3, 8, 8);
                FloatArray flipped = FloatArray.zeros(1, 3, 8, 8);
                mirrored.copyStored(batch.rows()[i], false, plain.values(), 0);
                mirrored.copyStored(batch.rows()[i], true, flipped.values(), 0);
                FloatArray seen = batch.latents().slice(i, i + 1);
                boolean isFlipped = seen.equals(mirrored.scaling().normalise(flipped));
                assertThat(isFlipped || seen.equals(mirrored.scaling().normalise(plain)))
                        .isTrue();
                flips += isFlipped ? 1 : 0;
            }
        }
        // 1000 fair coins: 500 ± 16; seven standard deviations.
        assertThat(flips).isBetween(389, 611);
    }

    @Test
    void batch_rejectsPlacesOutsideTheBatch() {
        LatentLoader loader = new LatentLoader(digits, 5);

        assertThatThrownBy(() -> loader.batch(-1, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loader.batch(0, 4, 3, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void open_rejectsAFolderWithoutManifest() {
        assertThatThrownBy(() -> LatentDataset.open(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("no manifest.json", "interrupted encode");
    }

    @Test
    void open_rejectsShardsThatDisagreeWithTheManifest() throws IOException {
        GeneratedDataset.encode(folder, 40, false);
        Path shard = folder.resolve("latents-00001-of-00004.arrow");
        byte[] whole = Files.readAllBytes(shard);

        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1; // among the values: only the hash sees it
        Files.write(shard, flipped);
        LatentDataset.open(folder);
        assertThatThrownBy(() -> LatentDataset.open(folder, LatentDataset.Check.HASHES))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("latents-00001-of-00004.arrow", "SHA-256");

        Files.write(shard, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> LatentDataset.open(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("latents-00001-of-00004.arrow", (whole.length - 1) + " bytes");

        Files.delete(shard);
        assertThatThrownBy(() -> LatentDataset.open(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("latents-00001-of-00004.arrow", "no such file");

        Files.write(shard, whole);
        LatentDataset.open(folder, LatentDataset.Check.HASHES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s/\"rows\" : 32/\"rows\" : 33/",
                "s/\"format_version\" : 1/\"format_version\" : 2/",
                "s/\"mirror\" : false/\"mirrored\" : false/",
                "s/latents-00000-of/..\\/latents-00000-of/",
                "s/\"float32\"/\"float64\"/",
                "s/^\\{/[/",
            })
    void manifest_rejectsWhatCannotBe(String change) throws IOException {
        GeneratedDataset.encode(folder, 40, false);
        Path file = folder.resolve(Manifest.FILE);
        String[] parts = change.substring(2, change.length() - 1).split("(?<!\\\\)/", -1);
        String text = Files.readString(file);
        String changed = text.replaceFirst(parts[0], parts[1].replace("\\/", "/"));
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);

        assertThatThrownBy(() -> LatentDataset.open(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("manifest.json");
    }

    @Test
    void manifest_readsBackAsWritten() throws IOException {
        LatentDataset data = GeneratedDataset.encode(folder, 40, true);

        assertThat(Manifest.read(folder)).isEqualTo(data.manifest());
        assertThat(Files.readString(folder.resolve(Manifest.FILE)))
                .contains("\"scale\" : ", "\"mirror\" : true", "\"stored\" : \"latents\"", "\"part\" : \"train\"");
    }
}
