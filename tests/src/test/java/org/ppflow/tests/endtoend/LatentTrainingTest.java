package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/** From ImageNet's archive to samples: encode, verify, train on the latents, sample, decode. */
class LatentTrainingTest {
    @TempDir
    private Path folder;

    private Outcome train(Path config, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("train", config, "--runs", folder.resolve("runs")));
        arguments.addAll(List.of(more));
        return CommandLineRun.run(arguments.toArray());
    }

    @Test
    void picturesBecomeMoments_momentsAModel_andItsSamplesPictures() throws IOException {
        Path vae = CommandLineRun.resource("/golden/vae/config.json").getParent();
        Path data = folder.resolve("data");
        Outcome encoded = CommandLineRun.run(
                "data",
                "encode",
                CommandLineRun.resource("/golden/images/imagenet-tiny.tar"),
                "--codec",
                "vae:" + vae,
                "--size",
                "32",
                "--shard-rows",
                "7",
                "--output",
                data);
        assertThat(encoded.code()).as(encoded.err()).isZero();
        assertThat(encoded.out()).contains("moments, float16 8x4x4, with those of the mirrored pictures", "classes");
        Outcome verified = CommandLineRun.run("data", "verify", data);
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.out()).contains("16 rows in 3 shards: sound", "3 classes of 5 to 6 rows");

        Path config = folder.resolve("latents.yaml");
        Files.writeString(config, """
                name: latents
                schedules: [ppf-2]
                data: {source: "latents:%s", latent: 4x4x4, classes: 3, autoencoder: "%s"}
                model: {depth: 1, hidden: 16, heads: 2}
                training: {images: 24, batch: 4, ema: {decay: 0.9}, checkpoint_every: 3}
                sampling: {count: 6, steps: 2, batch: 2}
                watch: {every: 3, count: 4}
                """.formatted(data, vae));
        Outcome trained = train(config);
        assertThat(trained.code()).as(trained.err()).isZero();
        Path model = folder.resolve("runs/latents/models/ppf-2");
        assertThat(model.resolve("watch/00000006/samples.png")).isNotEmptyFile();

        Path pictures = folder.resolve("pictures");
        Outcome sampled = CommandLineRun.run(
                "sample",
                "--weights",
                model.resolve("checkpoints/00000006/ema-0.9.safetensors"),
                "--count",
                "3",
                "--points",
                "3",
                "--decode",
                data,
                "--autoencoder",
                vae,
                "--output",
                pictures);
        assertThat(sampled.code()).as(sampled.err()).isZero();
        try (var files = Files.list(pictures)) {
            assertThat(files.filter(file -> file.toString().endsWith(".png")).count())
                    .isEqualTo(3);
        }
        // A run of latents alone ends with samples: what a report shows beside them is drawn with them.
        Outcome ownSamples = CommandLineRun.run("sample", config, "--runs", folder.resolve("runs"));
        assertThat(ownSamples.code()).as(ownSamples.err()).isZero();
        assertThat(model.resolve("panel/guidance.png")).isNotEmptyFile();
        assertThat(model.resolve("panel/path.png")).isNotEmptyFile();
        Outcome report = CommandLineRun.run("report", folder.resolve("runs/latents"));
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readString(folder.resolve("runs/latents/report.html")))
                .contains("All samples of ppf-2", "Predicted x_1 of ppf-2", "scores need pictures to compare with")
                .doesNotContain("Samples by guidance of ppf-2:", "Path of ppf-2:");
        // What cannot be done with latents alone says so, and what to do.
        Outcome run = CommandLineRun.run("run", config, "--runs", folder.resolve("other"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("latents without their pictures", "train and sample");
        Outcome other = train(config, "--set", "data.classes=4", "--set", "name=other");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("3 classes", "4 classes");
    }

    /** The configs of the paper's tables are read and say what their headers say. */
    @TestFactory
    List<DynamicTest> paperConfigs() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (var files = Files.list(Path.of("..", "configs", "paper"))) {
            for (Path file : files.sorted().toList()) {
                tests.add(DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                    ExperimentConfig config = ConfigReader.read(file, List.of());
                    String text = Files.readString(file);
                    assertThat(config.name())
                            .isEqualTo("paper-" + file.getFileName().toString().replace(".yaml", ""));
                    assertThat(text)
                            .startsWith("# Table")
                            .contains("# Command:", "# Expected:", "# Hardware:", "# Time:");
                    assertThat(config.training().batch()).isEqualTo(256);
                    assertThat(config.training().images() % 256).isZero();
                    assertThat(config.data().latentShape()).hasToString("4x32x32");
                }));
            }
        }
        assertThat(tests).hasSize(17);
        return tests;
    }
}
