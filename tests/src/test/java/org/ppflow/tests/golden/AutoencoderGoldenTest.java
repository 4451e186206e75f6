package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.data.autoencoder.AutoencoderCodec;
import org.ppflow.data.autoencoder.AutoencoderConfig;
import org.ppflow.data.autoencoder.AutoencoderKl;
import org.ppflow.data.autoencoder.AutoencoderTensors;
import org.ppflow.data.codec.Posterior;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tiny autoencoder against diffusers, run in float64; tolerances are the golden README's. */
class AutoencoderGoldenTest {
    private static final double SCALE = 0.18215;

    /** Where the golden's stage is in our graph. */
    private static final Map<String, String> ENCODER_STAGES = new LinkedHashMap<>();

    private static final Map<String, String> DECODER_STAGES = new LinkedHashMap<>();

    static {
        ENCODER_STAGES.put("stage_enc_conv_in", "encoder.conv_in");
        ENCODER_STAGES.put("stage_enc_down0_res0", "encoder.down_blocks.0.resnets.0");
        ENCODER_STAGES.put("stage_enc_down0", "encoder.down_blocks.0");
        ENCODER_STAGES.put("stage_enc_down1", "encoder.down_blocks.1");
        ENCODER_STAGES.put("stage_enc_down2", "encoder.down_blocks.2");
        ENCODER_STAGES.put("stage_enc_down3", "encoder.down_blocks.3");
        ENCODER_STAGES.put("stage_enc_mid_res0", "encoder.mid_block.resnets.0");
        ENCODER_STAGES.put("stage_enc_mid_attn", "encoder.mid_block.attentions.0");
        ENCODER_STAGES.put("stage_enc_mid", "encoder.mid_block");
        ENCODER_STAGES.put("stage_enc_conv_out", "encoder.conv_out");
        ENCODER_STAGES.put("stage_enc_moments", "quant_conv");
        DECODER_STAGES.put("stage_dec_post_quant", "post_quant_conv");
        DECODER_STAGES.put("stage_dec_conv_in", "decoder.conv_in");
        DECODER_STAGES.put("stage_dec_mid", "decoder.mid_block");
        DECODER_STAGES.put("stage_dec_up0", "decoder.up_blocks.0");
        DECODER_STAGES.put("stage_dec_up1", "decoder.up_blocks.1");
        DECODER_STAGES.put("stage_dec_up2", "decoder.up_blocks.2");
        DECODER_STAGES.put("stage_dec_up3", "decoder.up_blocks.3");
        DECODER_STAGES.put("stage_dec_out", "decoder.conv_out");
    }

    @TestFactory
    List<DynamicTest> networks() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path codec : GoldenFolder.find("vae", "codec.npz")) {
            for (String folder : List.of(".", "vae-legacy")) {
                Path weights = codec.resolveSibling(folder);
                tests.add(dynamicTest("encode, " + folder, () -> encode(codec, weights)));
                tests.add(dynamicTest("decode, " + folder, () -> decode(codec, weights)));
            }
            tests.add(dynamicTest("stages", () -> stages(codec)));
            tests.add(dynamicTest("bytes", () -> bytes(codec)));
            tests.add(dynamicTest("posterior", () -> posterior(codec)));
        }
        for (Path list : GoldenFolder.find("vae", "sd-vae-ft-ema-tensors.json")) {
            tests.add(dynamicTest("names and shapes of sd-vae-ft-ema", () -> names(list)));
        }
        return GoldenFolder.checked(tests);
    }

    private static AutoencoderKl open(Path folder) throws IOException {
        return AutoencoderKl.open(folder, SessionOptions.DEFAULT);
    }

    private static PictureBatch pictures(TensorFile golden, String name) throws IOException {
        int[] shape = golden.info(name).shape();
        long[] values = golden.longs(name);
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return new PictureBatch(shape[0], shape[1], shape[2], shape[3], pixels);
    }

    private static void close(String name, FloatArray found, double[] expected, double absolute, double relative) {
        assertThat(found.values()).as(name).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(found.values()[i] - expected[i]);
            worst = Math.max(worst, error / (absolute + relative * Math.abs(expected[i])));
        }
        assertThat(worst).as(name + ": largest share of the tolerance").isLessThanOrEqualTo(1);
    }

    private static PictureBatch mirrored(PictureBatch pictures) {
        List<org.ppflow.data.picture.Picture> turned = new ArrayList<>();
        for (int i = 0; i < pictures.count(); i++) {
            turned.add(pictures.picture(i).mirrored());
        }
        return PictureBatch.of(turned);
    }

    private static void encode(Path codec, Path folder) throws IOException {
        try (TensorFile golden = Npz.open(codec);
                AutoencoderKl network = open(folder)) {
            for (String prefix : List.of("", "ns_")) {
                PictureBatch pictures = pictures(golden, prefix + "images");
                close(prefix + "moments", network.encode(pictures), golden.doubles(prefix + "moments_f64"), 2e-5, 2e-6);
                close(
                        prefix + "flipped_moments",
                        network.encode(mirrored(pictures)),
                        golden.doubles(prefix + "flipped_moments_f64"),
                        2e-5,
                        2e-6);
            }
        }
    }

    private static FloatArray unscaled(TensorFile golden, String name) throws IOException {
        FloatArray z = golden.floats(name);
        FloatArray unscaled = FloatArray.zeros(z.shape());
        for (int i = 0; i < z.values().length; i++) {
            unscaled.values()[i] = (float) (z.values()[i] / SCALE);
        }
        return unscaled;
    }

    private static void decode(Path codec, Path folder) throws IOException {
        try (TensorFile golden = Npz.open(codec);
                AutoencoderKl network = open(folder);
                AutoencoderCodec whole = AutoencoderCodec.open(folder, SessionOptions.DEFAULT)) {
            for (String prefix : List.of("", "ns_")) {
                FloatArray latents = unscaled(golden, prefix + "z");
                double[] expected = golden.doubles(prefix + "decoded_f64");
                close(prefix + "decoded", network.decode(latents), expected, 1e-5, 2e-6);
                long[] bytes = golden.longs(prefix + "decoded_uint8");
                PictureBatch pictures = whole.decode(latents);
                int area = pictures.height() * pictures.width();
                for (int i = 0; i < bytes.length; i++) {
                    int difference = Math.abs((pictures.pixels()[i] & 0xFF) - (int) bytes[i]);
                    // NHWC byte i is colour i % 3 of place i / 3.
                    int picture = i / 3 / area;
                    double x = expected[(picture * 3 + i % 3) * area + i / 3 % area];
                    double level = 127.5 * x + 128;
                    boolean edge = Math.abs(level - Math.rint(level)) < 2e-3;
                    assertThat(difference)
                            .as("byte " + i + " of level " + level)
                            .isLessThanOrEqualTo(edge ? 1 : 0);
                }
            }
        }
    }

    private static void stages(Path codec) throws IOException {
        try (TensorFile golden = Npz.open(codec);
                AutoencoderKl network = open(codec.resolveSibling("."))) {
            Map<String, FloatArray> encoder = network.encoderStages(pictures(golden, "stage_images"));
            for (Map.Entry<String, String> stage : ENCODER_STAGES.entrySet()) {
                close(stage.getKey(), encoder.get(stage.getValue()), golden.doubles(stage.getKey()), 5e-5, 2e-6);
            }
            Map<String, FloatArray> decoder = network.decoderStages(unscaled(golden, "stage_z"));
            for (Map.Entry<String, String> stage : DECODER_STAGES.entrySet()) {
                close(stage.getKey(), decoder.get(stage.getValue()), golden.doubles(stage.getKey()), 5e-5, 2e-6);
            }
        }
    }

    private static void bytes(Path codec) throws IOException {
        try (TensorFile golden = Npz.open(codec)) {
            float[] in = golden.floats("uint8_edge_in").values();
            long[] out = golden.longs("uint8_edge_out");
            for (int i = 0; i < in.length; i++) {
                assertThat(AutoencoderCodec.toByte(in[i]) & 0xFF)
                        .as("of " + in[i])
                        .isEqualTo((int) out[i]);
            }
        }
    }

    private static void posterior(Path codec) throws IOException {
        try (TensorFile golden = Npz.open(codec)) {
            float[] moments = golden.floats("post_moments").values();
            float[] eps = golden.floats("post_eps").values();
            double[] deviation = golden.doubles("post_std");
            double[] sample = golden.doubles("post_sample");
            int size = eps.length;
            assertThat(moments).hasSize(2 * size);
            for (int i = 0; i < size; i++) {
                float found = Posterior.deviation(moments[size + i]);
                assertThat(found / deviation[i]).isBetween(1 - 1e-6, 1 + 1e-6);
                assertThat(Math.abs(moments[i] + found * eps[i] - sample[i]))
                        .isLessThanOrEqualTo(1e-6 * Math.max(Math.abs(sample[i]), Math.abs(found * eps[i])));
            }
            double[] latents = golden.doubles("latent_sample_f64");
            float[] all = golden.floats("moments").values();
            float[] noise = golden.floats("eps").values();
            int half = noise.length / 3;
            for (int i = 0; i < noise.length; i++) {
                int at = i / half * 2 * half + i % half;
                double z = (all[at] + Posterior.deviation(all[at + half]) * noise[i]) * SCALE;
                assertThat(Math.abs(z - latents[i])).isLessThanOrEqualTo(3e-6);
            }
        }
    }

    private static void names(Path list) throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(list));
        Map<String, int[]> ours = AutoencoderTensors.of(AutoencoderConfig.SD);
        assertThat(ours).hasSize(root.path("list").size());
        for (JsonNode tensor : root.path("list")) {
            String name = tensor.path("name").asString();
            int[] shape =
                    tensor.path("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
            assertThat(ours.get(name)).as(name).containsExactly(shape);
            assertThat(AutoencoderTensors.legacy(name))
                    .isEqualTo(tensor.path("legacy_name").asString());
        }
    }
}
