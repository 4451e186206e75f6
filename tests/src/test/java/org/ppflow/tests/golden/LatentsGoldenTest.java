package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.arrow.ChannelStatistics;
import org.ppflow.data.arrow.ShardFile;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.autoencoder.AutoencoderCodec;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.encode.OnError;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureSources;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shards that pyarrow has written, and a whole encode from ImageNet's tar of tars to moments of both mirrors. */
class LatentsGoldenTest {
    private static final String SHARD = "latents-00000-of-00001.arrow";

    @TempDir
    private static Path folder;

    @TestFactory
    List<DynamicTest> shards() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path expected : GoldenFolder.find("latents", "expected.npz")) {
            tests.add(dynamicTest("f16", () -> read(expected, "f16", "f16_moments")));
            tests.add(dynamicTest("f32", () -> read(expected, "f32", "f32_moments")));
            tests.add(dynamicTest("f16-lz4", () -> read(expected, "f16-lz4", "f16_moments")));
            tests.add(dynamicTest("pixels-f16", () -> read(expected, "pixels-f16", "pixels_latents")));
            tests.add(dynamicTest("statistics", () -> statistics(expected)));
            for (Path tar : GoldenFolder.find("images", "imagenet-tiny.tar")) {
                for (Path codec : GoldenFolder.find("vae", "codec.npz")) {
                    Path vae = codec.resolveSibling(".");
                    tests.add(dynamicTest("encode, float32", () -> encode(expected, tar, vae, ValueType.FLOAT32)));
                    tests.add(dynamicTest("encode, float16", () -> encode(expected, tar, vae, ValueType.FLOAT16)));
                }
            }
        }
        return GoldenFolder.checked(tests);
    }

    private static void read(Path expected, String variant, String column) throws IOException {
        JsonNode facts = JsonMapper.shared().readTree(Files.readString(expected.resolveSibling("expected.json")));
        ShardFile shard = ShardFile.open(expected.resolveSibling(variant).resolve(SHARD));
        try (TensorFile golden = Npz.open(expected)) {
            double[] plain = golden.doubles(column);
            double[] flipped = golden.doubles(column + "_flipped");
            long[] hashes = golden.longs("sha256");
            long[] labels = golden.longs("label");
            int size = shard.shape().size();
            float[] row = new float[size];

            assertThat(shard.rows()).isEqualTo(16);
            for (int i = 0; i < 16; i++) {
                shard.copyValues(i, false, row, 0);
                for (int j = 0; j < size; j++) {
                    assertThat((double) row[j]).isEqualTo(plain[i * size + j]);
                }
                shard.copyValues(i, true, row, 0);
                for (int j = 0; j < size; j++) {
                    assertThat((double) row[j]).isEqualTo(flipped[i * size + j]);
                }
                assertThat(shard.label(i)).isEqualTo((int) labels[i]);
                assertThat(shard.source(i))
                        .isEqualTo(facts.path("source").get(i).asString());
                byte[] hash = java.util.HexFormat.of().parseHex(shard.sha256(i));
                for (int j = 0; j < hash.length; j++) {
                    assertThat(hash[j] & 0xFF).isEqualTo((int) hashes[i * hash.length + j]);
                }
            }
        }
    }

    /** Of the float16 moments and their mirrors together, 1e-9 relative. */
    private static void statistics(Path expected) throws IOException {
        List<ChannelStatistics> found = ShardFile.open(
                        expected.resolveSibling("f16").resolve(SHARD))
                .statistics()
                .snapshot();
        try (TensorFile golden = Npz.open(expected)) {
            double[] mean = golden.doubles("stats_both_mean_of_mean");
            double[] variance = golden.doubles("stats_both_var_of_mean");
            for (int channel = 0; channel < mean.length; channel++) {
                assertThat(found.get(channel).mean()).isCloseTo(mean[channel], within(1e-9 * Math.abs(mean[channel])));
                assertThat(found.get(channel).variance())
                        .isCloseTo(variance[channel], within(1e-9 * variance[channel]));
            }
        }
    }

    private static void encode(Path expected, Path tar, Path vae, ValueType type) throws IOException {
        EncodeOptions options = new EncodeOptions(type, 5, 3, 2, OnError.FAIL);
        try (AutoencoderCodec codec = AutoencoderCodec.open(vae, SessionOptions.DEFAULT);
                TensorFile golden = Npz.open(expected)) {
            PictureSelection pictures = new PictureSelection(
                    PictureSources.open(tar.toString()), new Holdout(2, 0), Part.ALL, new CentreCrop(32));
            LatentDataset data = new DatasetEncoder(codec, options, Progress.NONE)
                    .encode(pictures, folder.resolve(type.toString()), Optional.empty());

            assertThat(data.rows()).isEqualTo(16);
            assertThat(data.scaling().scale()).isEqualTo(0.18215);
            assertThat(data.manifest().description().autoencoderSha256())
                    .isEqualTo(Sha256.of(vae.resolve("diffusion_pytorch_model.safetensors")));
            int size = data.manifest().description().storedShape().size();
            float[] row = new float[size];
            for (boolean mirror : new boolean[] {false, true}) {
                String name = mirror ? "moments_flipped" : "moments";
                double[] exact = golden.doubles(name + "_f64");
                double[] halves = golden.doubles("f16_" + name);
                for (int i = 0; i < 16; i++) {
                    data.copyStored(i, mirror, row, 0);
                    for (int j = 0; j < size; j++) {
                        double value = exact[i * size + j];
                        if (type == ValueType.FLOAT32) {
                            assertThat(Math.abs(row[j] - value))
                                    .as(name + " of row " + i)
                                    .isLessThanOrEqualTo(2e-5 + 2e-6 * Math.abs(value));
                        } else {
                            // One step of float16: 2^-10 of the power of two below. Near 0 steps become finer than what
                            // float32 itself leaves
                            // open, so there the float32 tolerance holds.
                            double half = halves[i * size + j];
                            double step = Math.max(Math.ulp((float) half) * (1 << 13), 2e-5);
                            assertThat(Math.abs(row[j] - half))
                                    .as(name + " of row " + i)
                                    .isLessThanOrEqualTo(step);
                        }
                    }
                }
            }
        }
    }
}
