package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.source.LabelledPicture;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSource;
import org.ppflow.data.source.PictureSources;
import org.ppflow.data.source.PictureStream;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tiny ImageNet: the tar of tars, the tree that comes out of it and a zip of that tree are one and the same source. */
class TinyImageNetGoldenTest {
    @TempDir
    private static Path folder;

    @TestFactory
    List<DynamicTest> sources() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path tar : GoldenFolder.find("images", "imagenet-tiny.tar")) {
            Path tree = unpack(tar, folder.resolve("tree"));
            Path zip = zip(tree, folder.resolve("tree.zip"));
            Path flat = flatten(tree, folder.resolve("flat"));
            for (Path path : List.of(tar, tree, zip, flat)) {
                tests.add(dynamicTest("rows of " + path.getFileName(), () -> rows(path, tar)));
            }
            for (int size : new int[] {16, 32}) {
                tests.add(dynamicTest("crops to " + size, () -> crops(tar, size)));
            }
            tests.add(dynamicTest(
                    "one hash",
                    () -> assertThat(PictureSources.open(tree.toString()).sha256())
                            .isEqualTo(PictureSources.open(tar.toString()).sha256())
                            .isEqualTo(PictureSources.open(zip.toString()).sha256())));
        }
        return GoldenFolder.checked(tests);
    }

    private static void rows(Path path, Path tar) throws IOException {
        JsonNode golden = JsonMapper.shared().readTree(Files.readString(tar.resolveSibling("imagenet-tiny.json")));
        PictureSource source = PictureSources.open(path.toString());

        assertThat(source.classNames())
                .containsExactlyElementsOf(golden.path("classes")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        assertThat(source.size()).isEqualTo(golden.path("rows").size());
        try (PictureStream stream = source.open(0)) {
            for (JsonNode row : golden.path("rows")) {
                PictureEntry entry = stream.next();
                LabelledPicture picture = entry.decode();
                assertThat(entry.source()).isEqualTo(row.path("source").asString());
                assertThat(entry.label()).isEqualTo(row.path("label").asInt());
                assertThat(picture.sha256()).isEqualTo(row.path("sha256").asString());
                assertThat(Sha256.of(picture.picture().pixels()))
                        .isEqualTo(row.path("decoded_rgb_sha256").asString());
            }
            assertThat(stream.next()).isNull();
        }
        try (PictureStream stream = source.open(7)) {
            stream.skip();
            assertThat(stream.next().source())
                    .isEqualTo(golden.path("rows").get(8).path("source").asString());
        }
    }

    private static void crops(Path tar, int size) throws IOException {
        try (TensorFile golden = Npz.open(tar.resolveSibling("imagenet-tiny-crops.npz"));
                PictureStream stream = PictureSources.open(tar.toString()).open(0)) {
            long[] values = golden.longs("crop_" + size);
            int bytes = size * size * 3;
            for (int row = 0; row < values.length / bytes; row++) {
                byte[] expected = new byte[bytes];
                for (int i = 0; i < bytes; i++) {
                    expected[i] = (byte) values[row * bytes + i];
                }
                LabelledPicture picture = stream.next().decode();
                assertThat(new CentreCrop(size).frame(picture.picture(), picture.source()))
                        .as(picture.source())
                        .isEqualTo(new Picture(size, size, 3, expected));
            }
        }
    }

    private static Path unpack(Path tar, Path tree) throws IOException {
        try (TarArchiveInputStream outer = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry inner = outer.getNextEntry(); inner != null; inner = outer.getNextEntry()) {
                Path into = Files.createDirectories(tree.resolve(inner.getName().replace(".tar", "")));
                TarArchiveInputStream files = new TarArchiveInputStream(outer);
                for (TarArchiveEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                    Files.write(into.resolve(file.getName()), files.readAllBytes());
                }
            }
        }
        return tree;
    }

    private static Path zip(Path tree, Path zip) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
                var files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry("imagenet/train/" + tree.relativize(file)));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
        return zip;
    }

    /** As some hubs have it: a split's folder, and the class in the name alone. */
    private static Path flatten(Path tree, Path flat) throws IOException {
        Files.createDirectories(flat.resolve("train"));
        try (var files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, flat.resolve("train").resolve(file.getFileName()));
            }
        }
        return flat;
    }
}
