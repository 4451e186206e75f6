package org.ppflow.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.HalfPrecision;

/** A shard that pyarrow wrote; the README beside it says where the expected values come from. */
class GoldenShardTest {
    private static final LatentShape SHAPE = new LatentShape(3, 16, 16);

    private static Path golden(String name) throws URISyntaxException {
        return Path.of(GoldenShardTest.class
                .getResource("/org/ppflow/data/golden/" + name)
                .toURI());
    }

    /** The float16 values of a NumPy file, which stand at its end. */
    private static float[] halves(String name) throws Exception {
        byte[] file = Files.readAllBytes(golden(name));
        int count = 16 * SHAPE.size();
        ByteBuffer body =
                ByteBuffer.wrap(file, file.length - 2 * count, 2 * count).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = HalfPrecision.fromF16(body.getShort());
        }
        return values;
    }

    @Test
    void open_readsEveryValueOfBothBatches() throws Exception {
        ShardFile shard = ShardFile.open(golden("pixels-f16.arrow"));
        float[] plain = halves("pixels_latents.npy");
        float[] flipped = halves("pixels_latents_flipped.npy");

        assertThat(shard.rows()).isEqualTo(16);
        assertThat(shard.shape()).isEqualTo(SHAPE);
        assertThat(shard.stored()).isEqualTo(StoredKind.LATENTS);
        assertThat(shard.valueType()).isEqualTo(ValueType.FLOAT16);
        assertThat(shard.mirror()).isTrue();
        float[] row = new float[SHAPE.size() + 1];
        for (int i = 0; i < 16; i++) {
            shard.copyValues(i, false, row, 1);
            assertThat(Arrays.copyOfRange(row, 1, row.length))
                    .containsExactly(Arrays.copyOfRange(plain, i * SHAPE.size(), (i + 1) * SHAPE.size()));
            shard.copyValues(i, true, row, 0);
            assertThat(Arrays.copyOf(row, SHAPE.size()))
                    .containsExactly(Arrays.copyOfRange(flipped, i * SHAPE.size(), (i + 1) * SHAPE.size()));
        }
    }

    @Test
    void open_readsLabelsSourcesAndHashes() throws Exception {
        ShardFile shard = ShardFile.open(golden("pixels-f16.arrow"));
        List<String> expected = Files.readAllLines(golden("pixels-f16-rows.csv"));

        assertThat(expected).hasSize(17);
        for (int i = 0; i < 16; i++) {
            assertThat(shard.label(i) + "," + shard.source(i) + "," + shard.sha256(i))
                    .isEqualTo(expected.get(i + 1));
        }
    }

    @Test
    void open_keepsTheMetadata() throws Exception {
        assertThat(ShardFile.open(golden("pixels-f16.arrow")).metadata())
                .containsEntry("format_version", "1")
                .containsEntry("autoencoder", "pixels")
                .containsEntry("autoencoder_sha256", "")
                .containsEntry("scale", "1")
                .containsEntry("image_size", "16")
                .containsEntry("crop", "adm-center")
                .containsEntry("class_names", "[\"n01440764\", \"n02086240\", \"n04550184\"]");
    }

    @Test
    void layout_findsTheBuffersWherePyarrowPutThem() throws Exception {
        Path file = golden("pixels-f16.arrow");
        assertThat(Sha256.of(file)).isEqualTo("540cdc247a9bb4e04a10ff63ee27e3dcc7d261e1fb8dcef3b0dacba074de62c0");
        try (FileChannel channel = FileChannel.open(file)) {
            FileLayout.Batch first =
                    FileLayout.read(channel, "golden").batches().get(0);
            FileLayout.Piece values = first.columns().get("latents").get(2);

            assertThat(first.bodyOffset() + values.offset()).isEqualTo(1592);
            assertThat(values.length()).isEqualTo(15360);
        }
    }

    @Test
    void schema_describesTensorsAsPyarrowDoes() throws IOException, URISyntaxException {
        try (FileChannel channel = FileChannel.open(golden("pixels-f16.arrow"))) {
            var pyarrow = FileLayout.read(channel, "golden").schema();
            var ours = ShardSchema.arrow(Shards.description(ValueType.FLOAT16, SHAPE, true));

            assertThat(ours.getFields()).isEqualTo(pyarrow.getFields());
            assertThat(ours.findField("latents").getMetadata())
                    .isEqualTo(pyarrow.findField("latents").getMetadata())
                    .containsEntry(
                            "ARROW:extension:metadata", "{\"shape\":[3,16,16],\"dim_names\":[\"C\",\"H\",\"W\"]}");
            assertThat(ours.getCustomMetadata())
                    .containsKeys(pyarrow.getCustomMetadata().keySet().toArray(new String[0]));
        }
    }
}
