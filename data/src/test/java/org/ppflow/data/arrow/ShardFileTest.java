package org.ppflow.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

class ShardFileTest {
    private static final LatentShape SHAPE = new LatentShape(2, 3, 1);

    @TempDir
    private Path folder;

    private Path shard(ValueType type, boolean mirror, int rows) throws IOException {
        Path file = folder.resolve("latents-00000-of-00001.arrow");
        Shards.write(file, Shards.description(type, SHAPE, mirror), rows);
        return file;
    }

    /** 2500 rows are two full record batches and one that is not. */
    @ParameterizedTest
    @CsvSource({"FLOAT16, true, 2500", "FLOAT32, false, 2500", "FLOAT32, true, 1024", "FLOAT16, false, 1"})
    void open_readsWhatWasWritten(ValueType type, boolean mirror, int rows) throws IOException {
        Path file = shard(type, mirror, rows);
        ShardFile shard = ShardFile.open(file);

        assertThat(shard.rows()).isEqualTo(rows);
        assertThat(shard.mirror()).isEqualTo(mirror);
        assertThat(shard.matches(Shards.description(type, SHAPE, mirror))).isTrue();
        float[] found = new float[SHAPE.size()];
        for (int row = 0; row < rows; row++) {
            float[] expected = Shards.row(row, SHAPE);
            for (int i = 0; i < expected.length; i++) {
                expected[i] = type.rounded(expected[i]);
            }
            shard.copyValues(row, false, found, 0);
            assertThat(found).containsExactly(Arrays.copyOf(expected, SHAPE.size()));
            if (mirror) {
                shard.copyValues(row, true, found, 0);
                assertThat(found).containsExactly(Arrays.copyOfRange(expected, SHAPE.size(), expected.length));
            }
            assertThat(shard.label(row)).isEqualTo(row % 3);
            assertThat(shard.source(row)).isEqualTo(Shards.source(row));
            assertThat(shard.sha256(row)).isEqualTo(Sha256.of(Shards.source(row)));
        }
    }

    @Test
    void write_givesTheSameBytesTwice() throws IOException {
        byte[] first = Files.readAllBytes(shard(ValueType.FLOAT16, true, 1500));

        assertThat(Files.readAllBytes(shard(ValueType.FLOAT16, true, 1500))).isEqualTo(first);
    }

    /** Arrow's own reader sees the same, and no value as missing although no validity bitmap is there. */
    @Test
    void write_isReadByArrowItself() throws IOException {
        Path file = shard(ValueType.FLOAT32, false, 1100);
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            int row = 0;
            while (reader.loadNextBatch()) {
                FixedSizeListVector latents = (FixedSizeListVector) root.getVector("latents");
                Float4Vector values = (Float4Vector) latents.getDataVector();
                IntVector labels = (IntVector) root.getVector("label");
                VarCharVector sources = (VarCharVector) root.getVector("source");
                FixedSizeBinaryVector hashes = (FixedSizeBinaryVector) root.getVector("sha256");
                assertThat(latents.getNullCount() + values.getNullCount() + labels.getNullCount())
                        .isZero();
                for (int i = 0; i < root.getRowCount(); i++, row++) {
                    float[] expected = Shards.row(row, SHAPE);
                    for (int k = 0; k < SHAPE.size(); k++) {
                        assertThat(values.get(i * SHAPE.size() + k)).isEqualTo(expected[k]);
                    }
                    assertThat(labels.get(i)).isEqualTo(row % 3);
                    assertThat(sources.getObject(i)).hasToString(Shards.source(row));
                    assertThat(Sha256.hex(hashes.get(i))).isEqualTo(Sha256.of(Shards.source(row)));
                }
            }
            assertThat(row).isEqualTo(1100);
        }
    }

    @Test
    void close_freesEverythingAfterAFailure() {
        DatasetDescription description = Shards.description(ValueType.FLOAT16, SHAPE, false);
        float[] tooLarge = new float[SHAPE.size()];
        tooLarge[1] = 70_000;

        // A forgotten buffer would add the allocator's complaint.
        assertThatThrownBy(() -> org.ppflow.nn.files.AtomicFiles.writeChannel(folder.resolve("x.arrow"), channel -> {
                    try (ShardWriter writer = new ShardWriter(channel, description)) {
                        writer.add(tooLarge, 0, -1, 0, "n1/a.png", Sha256.of("a"));
                    }
                }))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("n1/a.png", "70000", "float16")
                .hasNoSuppressedExceptions();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void matches_seesAnotherScale() throws IOException {
        ShardFile shard = ShardFile.open(shard(ValueType.FLOAT16, false, 3));
        DatasetDescription description = Shards.description(ValueType.FLOAT16, SHAPE, false);

        assertThat(shard.matches(
                        description.withScaling(org.ppflow.data.codec.LatentScaling.unshifted(SHAPE.channels(), 0.5))))
                .isFalse();
    }

    /** Wherever a shard is cut or a byte is flipped in its frame: an error that names the file, or a shard that reads. */
    @Test
    void open_neverFailsOtherwiseOnDamagedFiles() throws IOException {
        Path file = shard(ValueType.FLOAT16, true, 2);
        byte[] whole = Files.readAllBytes(file);
        Path damaged = folder.resolve("damaged.arrow");
        int rejected = 0;
        for (int cut = 0; cut < whole.length; cut += 67) {
            Files.write(damaged, Arrays.copyOf(whole, cut));
            assertThatThrownBy(() -> ShardFile.open(damaged))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("damaged.arrow");
        }
        for (int at = 0; at < whole.length; at += 5) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (at % 2 == 0 ? 0x91 : 0xFF);
            Files.write(damaged, flipped);
            try {
                ShardFile shard = ShardFile.open(damaged);
                float[] values = new float[shard.shape().size()];
                for (int row = 0; row < shard.rows(); row++) {
                    shard.copyValues(row, false, values, 0);
                    shard.source(row);
                    shard.sha256(row);
                    shard.label(row);
                }
            } catch (BadInputException e) {
                assertThat(e).hasMessageContaining("damaged.arrow");
                rejected++;
            }
        }
        assertThat(rejected).isPositive();
    }

    @Test
    void open_namesTheMissingFile() {
        assertThatThrownBy(() -> ShardFile.open(folder.resolve("gone.arrow")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("gone.arrow", "no such file");
    }

    @Test
    void statistics_equalTheDirectComputation() throws IOException {
        int rows = 1500;
        ShardFile shard = ShardFile.open(shard(ValueType.FLOAT16, true, rows));
        List<ChannelStatistics> found = shard.statistics().snapshot();

        for (int channel = 0; channel < 2; channel++) {
            double[] values = new double[rows * 6];
            for (int row = 0; row < rows; row++) {
                float[] both = Shards.row(row, SHAPE);
                for (int i = 0; i < 3; i++) {
                    values[row * 6 + i] = ValueType.FLOAT16.rounded(both[channel * 3 + i]);
                    values[row * 6 + 3 + i] = ValueType.FLOAT16.rounded(both[6 + channel * 3 + i]);
                }
            }
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            ChannelStatistics one = found.get(channel);
            assertThat(one.count()).isEqualTo(values.length);
            assertThat(one.mean()).isCloseTo(mean, within(1e-14));
            assertThat(one.variance()).isCloseTo(variance, within(1e-13));
            assertThat(one.min()).isEqualTo(Arrays.stream(values).min().orElseThrow());
            assertThat(one.max()).isEqualTo(Arrays.stream(values).max().orElseThrow());
        }
    }

    @Test
    void statistics_ofPartsMergeToTheWhole_alsoFarFromZero() {
        StatisticsAccumulator whole = new StatisticsAccumulator(SHAPE);
        StatisticsAccumulator merged = new StatisticsAccumulator(SHAPE);
        for (int part = 0; part < 4; part++) {
            StatisticsAccumulator one = new StatisticsAccumulator(SHAPE);
            for (int row = part * part * 10; row < (part + 1) * (part + 1) * 10; row++) {
                float[] values = Shards.row(row, SHAPE);
                for (int i = 0; i < values.length; i++) {
                    values[i] += 1000;
                }
                one.add(values, 0);
                whole.add(values, 0);
            }
            merged.merge(one);
        }

        for (int channel = 0; channel < 2; channel++) {
            ChannelStatistics a = whole.snapshot().get(channel);
            ChannelStatistics b = merged.snapshot().get(channel);
            assertThat(b.count()).isEqualTo(a.count()).isEqualTo(480);
            assertThat(b.mean()).isCloseTo(a.mean(), within(1e-10));
            assertThat(b.variance()).isCloseTo(a.variance(), within(1e-9));
        }
        double variance = merged.snapshot().stream()
                .mapToDouble(ChannelStatistics::variance)
                .average()
                .orElseThrow();
        assertThat(merged.measuredScaling().scale()).isCloseTo(1 / Math.sqrt(variance), within(1e-15));
    }
}
