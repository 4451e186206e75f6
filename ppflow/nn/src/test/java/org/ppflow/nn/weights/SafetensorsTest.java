package org.ppflow.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

class SafetensorsTest {
    private static final FloatArray MATRIX =
            new FloatArray(new int[] {2, 3}, new float[] {1, -2, 0.5f, Float.NaN, -0.0f, Float.MIN_VALUE});

    @TempDir
    Path folder;

    @Test
    void write_thenOpen_givesEveryBitBack() throws IOException {
        Path file = folder.resolve("w.safetensors");
        float[] odd = {Float.intBitsToFloat(0x7F800001), Float.intBitsToFloat(0xFFC12345), Float.NEGATIVE_INFINITY};
        Safetensors.write(
                file,
                Map.of("format", "pt", "ä", "\"quoted\"\n"),
                List.of(
                        TensorSource.floats("b", MATRIX),
                        TensorSource.floats("a.nan", FloatArray.vector(odd)),
                        TensorSource.floats("scalar", new FloatArray(new int[0], new float[] {7})),
                        TensorSource.floats("empty", FloatArray.zeros(0, 4)),
                        TensorSource.longs("labels", new int[] {2}, Long.MAX_VALUE, -1),
                        TensorSource.doubles("mu", new int[] {1}, Math.PI),
                        TensorSource.unsignedBytes("pixels", new int[] {3}, (byte) 0, (byte) 255, (byte) 128)));

        try (TensorFile read = Safetensors.open(file)) {
            assertThat(read.names()).containsExactly("labels", "mu", "a.nan", "b", "empty", "scalar", "pixels");
            assertThat(read.metadata()).isEqualTo(Map.of("format", "pt", "ä", "\"quoted\"\n"));
            assertThat(read.info("b")).isEqualTo(new TensorInfo("b", TensorType.F32, new int[] {2, 3}));
            assertThat(read.floats("b")).isEqualTo(MATRIX);
            ByteBuffer bits = read.bytes("a.nan");
            assertThat(new int[] {bits.getInt(), bits.getInt(), bits.getInt()})
                    .containsExactly(0x7F800001, 0xFFC12345, 0xFF800000);
            assertThat(read.floats("scalar").values()).containsExactly(7);
            assertThat(read.floats("empty").shape()).containsExactly(0, 4);
            assertThat(read.longs("labels")).containsExactly(Long.MAX_VALUE, -1);
            assertThat(read.doubles("mu")).containsExactly(Math.PI);
            assertThat(read.longs("pixels")).containsExactly(0, 255, 128);
            assertThat(read.floats("pixels").values()).containsExactly(0, 255, 128);
        }
    }

    /** The whole file, byte for byte; this is also what the Rust writer gives for these two tensors. */
    @Test
    void write_hasTheFormatsLayout() throws IOException {
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(
                file,
                Map.of("k", "v"),
                List.of(
                        TensorSource.unsignedBytes("a", new int[] {1}, (byte) 9),
                        TensorSource.floats("b", FloatArray.vector(1))));

        String header =
                "{\"__metadata__\":{\"k\":\"v\"},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[4,5]}}";
        String padded = header + " ".repeat((8 - header.length() % 8) % 8);
        byte[] expected = HandMade.safetensors(padded, 5);
        ByteBuffer.wrap(expected)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(expected.length - 5, 1)
                .put(expected.length - 1, (byte) 9);
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void write_dependsOnTheContentAlone() throws IOException {
        List<TensorSource> sources = new ArrayList<>(List.of(
                TensorSource.floats("a", MATRIX),
                TensorSource.longs("z", new int[] {1}, 3),
                TensorSource.floats("b", MATRIX)));
        Path one = folder.resolve("1");
        Path two = folder.resolve("2");
        Safetensors.write(one, Map.of("x", "1", "y", "2"), sources);
        Collections.reverse(sources);
        Safetensors.write(two, new TreeMap<>(Map.of("y", "2", "x", "1")), sources);

        assertThat(two).hasSameBinaryContentAs(one);
    }

    @Test
    void write_thatFails_leavesTheOldFile() throws IOException {
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(file, List.of(TensorSource.floats("a", MATRIX)));
        byte[] before = Files.readAllBytes(file);

        assertThatIllegalStateException()
                .isThrownBy(() -> Safetensors.write(
                        file, List.of(TensorSource.floats("a", TensorType.F32, new int[] {3}, () -> MATRIX))))
                .withMessageContaining("[3]");
        assertThatIllegalStateException()
                .isThrownBy(() -> Safetensors.write(
                        file,
                        List.of(new TensorSource(
                                new TensorInfo("a", TensorType.U8, new int[] {2}), out -> out.write(1)))))
                .withMessageContaining("1 bytes instead of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(
                        file, List.of(TensorSource.floats("a", MATRIX), TensorSource.floats("a", MATRIX))))
                .withMessageContaining("a is taken");

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void write_asksForOneTensorAtATime() throws IOException {
        List<String> asked = new ArrayList<>();
        List<TensorSource> sources = new ArrayList<>();
        for (String name : List.of("c", "a", "b")) {
            sources.add(TensorSource.floats(name, TensorType.F32, new int[] {2}, () -> {
                asked.add(name);
                return FloatArray.vector(1, 2);
            }));
        }
        assertThat(asked).isEmpty();

        Safetensors.write(folder.resolve("w"), sources);

        assertThat(asked).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void everyType_isReadExactly(TensorType type) throws IOException {
        String header =
                "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[0," + 2 * type.bytes() + "]}}";
        byte[] content = HandMade.safetensors(header, 2 * type.bytes());
        ByteBuffer data = ByteBuffer.wrap(content, content.length - 2 * type.bytes(), 2 * type.bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        double[] expected = switch (type) {
            case F64 -> {
                data.putDouble(1.5).putDouble(-2);
                yield new double[] {1.5, -2};
            }
            case F32 -> {
                data.putFloat(1.5f).putFloat(-2);
                yield new double[] {1.5, -2};
            }
            case F16 -> {
                data.putShort((short) 0x3E00).putShort((short) 0xC000);
                yield new double[] {1.5, -2};
            }
            case BF16 -> {
                data.putShort((short) 0x3FC0).putShort((short) 0xC000);
                yield new double[] {1.5, -2};
            }
            case I64 -> {
                data.putLong(3).putLong(-5);
                yield new double[] {3, -5};
            }
            case I32 -> {
                data.putInt(3).putInt(-5);
                yield new double[] {3, -5};
            }
            case U32 -> {
                data.putInt(3).putInt(-5);
                yield new double[] {3, 4294967291.0};
            }
            case I16 -> {
                data.putShort((short) 3).putShort((short) -5);
                yield new double[] {3, -5};
            }
            case U16 -> {
                data.putShort((short) 3).putShort((short) -5);
                yield new double[] {3, 65531};
            }
            case I8 -> {
                data.put((byte) 3).put((byte) -5);
                yield new double[] {3, -5};
            }
            case U8 -> {
                data.put((byte) 3).put((byte) -5);
                yield new double[] {3, 251};
            }
            case BOOL -> {
                data.put((byte) 0).put((byte) 1);
                yield new double[] {0, 1};
            }
        };
        Path file = Files.write(folder.resolve("x"), content);

        try (TensorFile read = Safetensors.open(file)) {
            assertThat(read.doubles("x")).containsExactly(expected);
            assertThat(read.floats("x").values()).containsExactly((float) expected[0], (float) expected[1]);
            if (type.isFloating()) {
                assertThatThrownBy(() -> read.longs("x"))
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContaining(type.name());
            } else {
                assertThat(read.longs("x")).containsExactly((long) expected[0], (long) expected[1]);
            }
            Path copy = folder.resolve("copy");
            Safetensors.write(copy, List.of(TensorSource.copy(read, "x")));
            try (TensorFile again = Safetensors.open(copy)) {
                assertThat(again.info("x")).isEqualTo(read.info("x"));
                assertThat(again.bytes("x")).isEqualTo(read.bytes("x"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TensorType.class,
            names = {"F64", "F32", "F16", "BF16"})
    void convert_writesAnotherFloatingType(TensorType type) throws IOException {
        Path file = folder.resolve("f32");
        Path converted = folder.resolve("other");
        float[] values = new float[300_000]; // more than a chunk
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 256 - 128) / 8f; // exact in all four types
        }
        Safetensors.write(file, List.of(TensorSource.floats("x", FloatArray.vector(values))));
        try (TensorFile read = Safetensors.open(file)) {
            Safetensors.write(converted, List.of(TensorSource.convert(read, "x", type)));
        }

        try (TensorFile read = Safetensors.open(converted)) {
            assertThat(read.info("x").type()).isEqualTo(type);
            assertThat(read.floats("x").values()).isEqualTo(values);
            FloatBuffer direct = ByteBuffer.allocateDirect(4 * values.length)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            read.readFloats("x", direct);
            assertThat(direct.flip()).isEqualTo(FloatBuffer.wrap(values));
            assertThatIllegalArgumentException().isThrownBy(() -> read.readFloats("x", FloatBuffer.allocate(3)));
        }
    }

    @Test
    void stream_givesTheRawBytes_alsoByteByByte() throws IOException {
        Path file = folder.resolve("w");
        Safetensors.write(file, List.of(TensorSource.unsignedBytes("x", new int[] {3}, (byte) 1, (byte) -1, (byte) 3)));

        try (TensorFile read = Safetensors.open(file);
                InputStream one = read.stream("x");
                InputStream two = read.stream("x")) {
            assertThat(one.read()).isEqualTo(1);
            assertThat(two.readAllBytes()).containsExactly(1, -1, 3);
            assertThat(one.read()).isEqualTo(255);
            assertThat(one.read()).isEqualTo(3);
            assertThat(one.read()).isEqualTo(-1);
        }
    }

    @Test
    void info_ofAnUnknownName_listsWhatIsThere() throws IOException {
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(file, List.of(TensorSource.floats("a", MATRIX), TensorSource.floats("b", MATRIX)));

        try (TensorFile read = Safetensors.open(file)) {
            assertThatThrownBy(() -> read.floats("c"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("no tensor called c")
                    .hasMessageContaining("a, b");
            assertThat(read.contains("c")).isFalse();
        }
    }

    /** Column 1: the header; 2: bytes of data after it; 3: a part of the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                       | 0 | does not start with {
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}                    | 4 | not proper JSON
            {} {}                                                                    | 0 | after the end
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}}            | 4 | Duplicate
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                   | 3 | bytes 0 to 4
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                   | 5 | 1 bytes after the last tensor
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}                   | 5 | starts at byte 1
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} | 3 | starts at byte 1
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}} | 3 | tensor b starts at byte 2
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}} | 1 | tensor b starts at byte 0
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                   | 4 | takes 8 bytes
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}                   | 4 | bytes 4 to 0
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}                  | 4 | none below 0
            {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}                  | 4 | none below 0
            {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}                 | 4 | a.shape
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,2,4]}}                 | 4 | data_offsets
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}                     | 4 | incompletely
            {"a":{"dtype":"F32","shape":[1]}}                                        | 4 | incompletely
            {"a":{"dtype":"F32","data_offsets":[0,4]}}                               | 4 | incompletely
            {"a":{"shape":[1],"data_offsets":[0,4]}}                                 | 4 | incompletely
            {"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}                   | 8 | type C64
            {"a":{"dtype":7,"shape":[1],"data_offsets":[0,8]}}                       | 8 | a.dtype
            {"a":7}                                                                  | 0 | a is VALUE_NUMBER_INT
            {"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | 0 | sizes that fit
            {"a":{"dtype":"U8","shape":[2147483647,2147483647,2147483647,0],"data_offsets":[0,0]}} | 0 | sizes that fit
            {"a":{"dtype":"F64","shape":[2147483647,2147483647],"data_offsets":[0,0]}} | 0 | too large
            {"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,0]}} | 0 | not proper JSON
            {"__metadata__":{"a":1}}                                                 | 0 | __metadata__.a
            {"__metadata__":[]}                                                      | 0 | __metadata__
            """)
    void open_refusesAHeaderThatIsWrong(String header, int dataBytes, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), HandMade.safetensors(header, dataBytes));

        assertThatThrownBy(() -> Safetensors.open(file).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({
        "4294967296, a header of 4294967296 bytes",
        "100000001, a header of 100000001 bytes",
        "-1, a header of 18446744073709551615 bytes",
        "0, a header of 0 bytes",
        "1000, in a file of 100"
    })
    void open_refusesAHeaderLengthThatCannotBe(long length, String message) throws IOException {
        byte[] content = ByteBuffer.allocate(100)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        Path file = Files.write(folder.resolve("bad.safetensors"), content);

        assertThatThrownBy(() -> Safetensors.open(file).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void open_refusesWhatIsNoFile() throws IOException {
        Path shorter = Files.write(folder.resolve("short"), new byte[7]);
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        for (Path file : List.of(shorter, empty, folder, folder.resolve("absent"))) {
            assertThatThrownBy(() -> Safetensors.open(file).close())
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void open_refusesAHeaderThatIsNotUtf8() throws IOException {
        byte[] content = HandMade.safetensors("{\"__metadata__\":{\"a\":\"xx\"}}", 0);
        content[content.length - 5] = (byte) 0xFF;
        Path file = Files.write(folder.resolve("bad"), content);

        assertThatThrownBy(() -> Safetensors.open(file).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void floats_refusesAFileThatShrankSinceItWasOpened() throws IOException {
        Path file = folder.resolve("w");
        Safetensors.write(file, List.of(TensorSource.floats("a", MATRIX)));
        try (TensorFile read = Safetensors.open(file)) {
            try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
                writer.setLength(writer.length() - 10);
            }
            assertThatThrownBy(() -> read.floats("a"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("10 bytes early");
        }
    }
}
