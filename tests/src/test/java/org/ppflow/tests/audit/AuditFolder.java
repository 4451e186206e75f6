package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.tests.endtoend.TinyNetwork;

/**
 * The folder that audited commands work in: small inputs that are right, and wrong ones of each kind.
 *
 * @param path of it
 */
record AuditFolder(Path path) {
    private static final String GOLDEN = "/golden/model/";
    private static final int DIGITS = 40;
    private static final int SIDE = 28;

    /** Makes all of it. */
    static AuditFolder make(Path path) throws IOException {
        AuditFolder folder = new AuditFolder(path);
        folder.writeWeights();
        folder.writeArrays();
        folder.writeConfigs();
        folder.writeTables();
        folder.writePictures();
        folder.writeDatasets();
        folder.writeWrongFiles();
        return folder;
    }

    /** A word of a command line, its @ taken for this folder. */
    String resolve(String word) {
        return word.replace("@", path + "/");
    }

    /** Size and time of every file and folder inside; the time of folders is that of their last entry. */
    Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                note(file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                content.put(folder.toString(), "a folder");
                return FileVisitResult.CONTINUE;
            }

            private void note(Path file, BasicFileAttributes attributes) {
                content.put(file.toString(), attributes.size() + " bytes of " + attributes.lastModifiedTime());
            }
        });
        return content;
    }

    private void writeWeights() throws IOException {
        copy("ppf2/weights.safetensors", "weights.safetensors");
        copy("ppf2/weights.config.json", "weights.config.json");
        copy("sit/weights.safetensors", "sit.safetensors");
        copy("sit/weights.config.json", "sit.config.json");
        copy("sit/weights.pt", "sit.pt");
        copy("sit/weights.config.json", "wrong-latent.config.json");
        Files.write(file("weights.xyz"), Files.readAllBytes(file("weights.safetensors")));
        Path profiles = Files.createDirectories(file("profiles/00000010"));
        for (String name : new String[] {"profile-0.05.safetensors", "profile-0.1.safetensors"}) {
            CommandTree.run(List.of(
                    "weights",
                    "convert",
                    file("weights.safetensors").toString(),
                    profiles.resolve(name).toString()));
        }
        truncate("weights.safetensors", "truncated.safetensors");
        truncate("sit.pt", "truncated.pt");
    }

    private void writeArrays() throws IOException {
        int[] shape = {3, 4, 16, 16};
        float[] values = new float[3 * 4 * 16 * 16];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        FloatArray states = new FloatArray(shape, values);
        float[] broken = values.clone();
        broken[5] = Float.NaN;
        TensorSource times = TensorSource.floats("t", new FloatArray(new int[] {3}, new float[] {0.1f, 0.5f, 0.9f}));
        TensorSource classes = TensorSource.longs("y", new int[] {3}, new long[] {1, 2, 3});
        npz("states.npz", floats("x", states), floats("x0", states), floats("x1", states), times, classes);
        FloatArray holed = new FloatArray(shape, broken);
        npz("nan.npz", floats("x", holed), floats("x0", holed), floats("x1", holed), times, classes);
        npz("other.npz", floats("something", new FloatArray(new int[] {2}, new float[] {1, 2})));
        truncate("states.npz", "truncated.npz");
    }

    private void writeConfigs() throws IOException {
        String config = """
                name: audited
                data: {source: "idx:%s/digits-images-idx3-ubyte"}
                classifier: {steps: 2, batch: 8}
                model: {depth: 1, hidden: 16, heads: 2, mlp_ratio: 2}
                schedules: [sit, ppf-2]
                training: {images: 32, batch: 16, learning_rate: {peak: 3e-3, warmup_steps: 1, decay_fraction: 0.3}, checkpoint_every: 1}
                sampling: {count: 10, steps: 2, batch: 8}
                runtime: {threads: 1}
                """.formatted(path);
        text("config.yaml", config);
        text("cells.yaml", config + "cells:\n  one: {seed: 1}\n  two: {seed: 2}\n");
        text("broken.yaml", "name: audited\nschedules: [sit\ntraining: {\n");
        text("list.yaml", "- one\n- two\n");
        text("unknown-key.yaml", config.replace("steps: 2, batch: 8}\nruntime", "stepz: 2, batch: 8}\nruntime"));
        text("wrong-type.yaml", config.replace("images: 32", "images: many"));
        text("nan.yaml", config.replace("peak: 3e-3", "peak: .nan"));
        text("twice.yaml", config + "name: again\n");
        text("unknown-schedule.yaml", config.replace("[sit, ppf-2]", "[sit, pff-2]"));
        text("unknown-solver.yaml", config.replace("count: 10,", "count: 10, solver: hoin,"));
        Files.write(file("binary.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2});
        text("broken.json", "{\"hidden\": ");
        text("wrong-type.json", "{\"hidden\": \"many\", \"depth\": 3, \"heads\": 4, \"latent\": [16, 16]}");
        text("evaluation.json", """
                {"protocols": {"adm": {"fid": 12.5, "sample_count": 50000.0}}, "preflight": [], "provenance": {}}
                """);
    }

    private void writeTables() throws IOException {
        String table = """
                title: audited
                records: [no-records]
                blocks:
                  - {name: small, kind: scaled, baseline_images: 32, costs: [training_flops], metrics: {classifier_fd: FD}}
                rows:
                  - {name: one, runs: {small: {config: config.yaml, schedule: sit}}}
                """;
        Files.createDirectories(file("no-records"));
        text("table.yaml", table);
        text("table-unknown-key.yaml", table.replace("baseline_images", "base_images"));
        text("table-missing-config.yaml", table.replace("config.yaml", "missing.yaml"));
        text("table-unknown-metric.yaml", table.replace("classifier_fd", "clasifier_fd"));
    }

    private void writePictures() throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + DIGITS * SIDE * SIDE);
        images.putInt(0x803).putInt(DIGITS).putInt(SIDE).putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + DIGITS);
        labels.putInt(0x801).putInt(DIGITS);
        for (int digit = 0; digit < DIGITS; digit++) {
            labels.put((byte) (digit % 10));
            for (int i = 0; i < SIDE * SIDE; i++) {
                images.put((byte) (digit * 31 + i * 7));
            }
        }
        Files.write(file("digits-images-idx3-ubyte"), images.array());
        Files.write(file("digits-labels-idx1-ubyte"), labels.array());
        byte[] pixels = new byte[DIGITS * 12 * 12 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 + i / 432 * 11);
        }
        npz("reference.npz", TensorSource.unsignedBytes("arr_0", new int[] {DIGITS, 12, 12, 3}, pixels));
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 41 + i / 432 * 13);
        }
        npz("samples.npz", TensorSource.unsignedBytes("arr_0", new int[] {DIGITS, 12, 12, 3}, pixels));
        Files.createDirectories(file("pictures/first"));
        BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(picture, "png", file("pictures/first/one.png").toFile());
        byte[] more = new byte[4 * DIGITS * 12 * 12 * 3];
        for (int i = 0; i < more.length; i++) {
            more[i] = (byte) (i * 43 + i / 432 * 17);
        }
        npz("large.npz", TensorSource.unsignedBytes("arr_0", new int[] {4 * DIGITS, 12, 12, 3}, more));
        TinyNetwork.write(file("network.pb"));
        truncate("network.pb", "truncated.pb");
    }

    private void writeDatasets() throws IOException {
        CommandTree.Outcome encoded = CommandTree.run(List.of(
                "data",
                "encode",
                "idx:" + file("digits-images-idx3-ubyte"),
                "--size",
                "32",
                "--output",
                file("dataset").toString()));
        assertThat(encoded.code()).as(encoded.err()).isZero();
        Path broken = Files.createDirectories(file("broken-manifest"));
        Files.writeString(broken.resolve("manifest.json"), "{\"rows\": ");
        Path missing = Files.createDirectories(file("missing-shard"));
        Path truncated = Files.createDirectories(file("truncated-shard"));
        try (var entries = Files.list(file("dataset"))) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                byte[] bytes = Files.readAllBytes(entry);
                if (name.endsWith(".arrow")) {
                    Files.write(truncated.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
                } else {
                    Files.write(missing.resolve(name), bytes);
                    Files.write(truncated.resolve(name), bytes);
                }
            }
        }
        CommandTree.Outcome exported = CommandTree.run(List.of(
                "data",
                "export",
                file("dataset").toString(),
                "--output",
                file("features").toString()));
        assertThat(exported.code()).as(exported.err()).isZero();
    }

    private void writeWrongFiles() throws IOException {
        Files.createDirectories(file("empty-folder"));
        for (String folder : new String[] {"folder", "folder.npz", "folder.safetensors"}) {
            Files.createDirectories(file(folder));
            Files.writeString(file(folder).resolve("something.txt"), "something\n");
        }
        Files.createDirectories(file("folders-for-figure/figure.svg"));
        Files.createSymbolicLink(file("full.npz"), Path.of("/dev/full"));
        for (String ending : new String[] {"safetensors", "npz", "yaml", "json", "pb", "txt", "tar"}) {
            Files.createSymbolicLink(file("dangling." + ending), file("nowhere." + ending));
            Files.createSymbolicLink(file("loop." + ending), file("loop." + ending));
            Files.createFile(file("empty." + ending));
            text("text." + ending, "This is a text.\nOf two lines.\n");
        }
        Files.createDirectories(file("broken-run"));
        Files.createDirectories(file("run"));
        Files.copy(file("config.yaml"), file("run/config.yaml"));
        text("broken-run/config.yaml", "name: audited\nschedules: [sit\n");
        text("notebook.ipynb", "{\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}");
        Files.write(file("truncated.tar"), new byte[700]);
    }

    private void copy(String golden, String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AuditFolder.class.getResourceAsStream(GOLDEN + golden), golden)) {
            Files.write(file(name), in.readAllBytes());
        }
    }

    private void truncate(String whole, String half) throws IOException {
        byte[] bytes = Files.readAllBytes(file(whole));
        Files.write(file(half), Arrays.copyOf(bytes, bytes.length / 2));
    }

    private void text(String name, String text) throws IOException {
        Files.write(file(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private void npz(String name, TensorSource... arrays) throws IOException {
        Npz.write(file(name), Npz.Compression.STORED, List.of(arrays));
    }

    private static TensorSource floats(String name, FloatArray array) {
        return TensorSource.floats(name, array);
    }

    private Path file(String name) {
        return path.resolve(name);
    }
}
