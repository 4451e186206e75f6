package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.picture.PictureDecoder;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decoded and cropped pictures against Pillow's, every byte (golden README: zero tolerance). */
class PictureGoldenTest {
    private static final Pattern CROP = Pattern.compile("(.+)@(\\d+)");
    private static final Pattern CASE = Pattern.compile("crop_(\\d{3})");

    private static Picture picture(TensorFile file, String name) throws IOException {
        int[] shape = file.info(name).shape();
        long[] values = file.longs(name);
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return new Picture(shape[0], shape[1], shape[2], pixels);
    }

    private static Picture decode(Path file) throws IOException {
        return PictureDecoder.published().decode(Files.readAllBytes(file), file.toString());
    }

    @TestFactory
    List<DynamicTest> decodedFiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path list : GoldenFolder.find("images", "images.json")) {
            JsonNode root = JsonMapper.shared().readTree(Files.readString(list));
            for (JsonNode entry : root.path("files")) {
                Path file = list.resolveSibling(entry.path("file").asString());
                String sha256 = entry.path("decoded_rgb_sha256").asString("");
                tests.add(
                        sha256.isEmpty()
                                ? dynamicTest(
                                        "refuse " + file.getFileName(),
                                        () -> assertThatThrownBy(() -> decode(file))
                                                .isInstanceOf(BadInputException.class)
                                                .hasMessageContaining(String.valueOf(file.getFileName())))
                                : dynamicTest(
                                        "decode " + file.getFileName(),
                                        () -> assertThat(Sha256.of(decode(file).pixels()))
                                                .isEqualTo(sha256)));
            }
        }
        return GoldenFolder.checked(tests);
    }

    @TestFactory
    List<DynamicTest> croppedFiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path crops : GoldenFolder.find("images", "crops.npz")) {
            try (TensorFile golden = Npz.open(crops)) {
                for (String name : golden.names()) {
                    Matcher matcher = CROP.matcher(name);
                    if (matcher.matches()) {
                        Path file = crops.resolveSibling(matcher.group(1) + ".JPEG");
                        int size = Integer.parseInt(matcher.group(2));
                        Picture expected = picture(golden, name);
                        tests.add(dynamicTest(
                                "crop " + name,
                                () -> assertThat(new CentreCrop(size).frame(decode(file), file.toString()))
                                        .isEqualTo(expected)));
                    }
                }
            }
        }
        return GoldenFolder.checked(tests);
    }

    @TestFactory
    List<DynamicTest> croppedArrays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("images", "resize.npz")) {
            try (TensorFile golden = Npz.open(file)) {
                for (String name : golden.names()) {
                    Matcher matcher = CASE.matcher(name);
                    if (matcher.matches()) {
                        Picture expected = picture(golden, name);
                        Picture given = picture(golden, "in_" + matcher.group(1));
                        tests.add(dynamicTest(
                                name,
                                () -> assertThat(new CentreCrop(expected.height()).frame(given, name))
                                        .isEqualTo(expected)));
                    }
                }
            }
        }
        return GoldenFolder.checked(tests);
    }
}
