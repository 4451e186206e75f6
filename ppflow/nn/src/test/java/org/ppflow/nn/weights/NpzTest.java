package org.ppflow.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.Npz.Compression;

class NpzTest {
    private static final FloatArray MATRIX =
            new FloatArray(new int[] {2, 3}, new float[] {1, -2, 0.5f, 3e38f, -0.0f, Float.MIN_VALUE});

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void write_thenOpen_givesEverythingBackInOrder(Compression compression) throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(
                file,
                compression,
                List.of(
                        TensorSource.floats("zeta", MATRIX),
                        TensorSource.longs("labels", new int[] {3}, 0, Long.MIN_VALUE, 999),
                        TensorSource.floats("conv/weights", FloatArray.zeros(100, 100)),
                        TensorSource.floats("empty", FloatArray.zeros(0, 3)),
                        TensorSource.doubles("scalar-ü", new int[0], 0.1)));

        try (NpzFile read = Npz.open(file)) {
            assertThat(read.names()).containsExactly("zeta", "labels", "conv/weights", "empty", "scalar-ü");
            assertThat(read.floats("zeta")).isEqualTo(MATRIX);
            assertThat(read.longs("labels")).containsExactly(0, Long.MIN_VALUE, 999);
            assertThat(read.floats("conv/weights")).isEqualTo(FloatArray.zeros(100, 100));
            assertThat(read.floats("empty").shape()).containsExactly(0, 3);
            assertThat(read.doubles("scalar-ü")).containsExactly(0.1);
            assertThat(read.info("scalar-ü").shape()).isEmpty();
        }
        assertThat(Files.size(file) < 40_000).isEqualTo(compression == Compression.DEFLATED);
        try (ZipFile zip = new ZipFile(file.toFile()); // the local headers agree with the directory
                InputStream in = zip.getInputStream(zip.getEntry("labels.npy"))) {
            assertThat(in.readAllBytes()).hasSize(128 + 24);
        }
    }

    @Test
    void write_dependsOnTheContentAlone_andRefusesTheSameNameTwice() throws IOException {
        List<TensorSource> arrays = List.of(TensorSource.floats("a", MATRIX), TensorSource.floats("b", MATRIX));
        Path one = folder.resolve("1");
        Path two = folder.resolve("2");
        Npz.write(one, Compression.DEFLATED, arrays);
        Npz.write(two, Compression.DEFLATED, arrays);

        assertThat(two).hasSameBinaryContentAs(one);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Npz.write(one, Compression.STORED, List.of(arrays.get(0), arrays.get(0))))
                .withMessageContaining("a.npy is taken");
        assertThat(two).hasSameBinaryContentAs(one);
    }

    /** More entries than the directory's 16-bit counter holds: the zip64 end record is written and read. */
    @Test
    void write_ofManyArrays_usesZip64() throws IOException {
        List<TensorSource> arrays = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            arrays.add(TensorSource.unsignedBytes("a" + i, new int[] {1}, (byte) i));
        }
        Path file = folder.resolve("many.npz");
        Npz.write(file, Compression.STORED, arrays);

        try (NpzFile read = Npz.open(file)) {
            assertThat(read.names()).hasSize(70_000);
            assertThat(read.longs("a69999")).containsExactly(69_999 & 0xFF);
        }
    }

    /** The header NumPy 2 writes for these; compared with numpy.save once. */
    @Test
    void npyHeader_isThatOfNumpy() {
        byte[] header = NpyHeader.write(new TensorInfo("x", TensorType.F32, new int[] {2, 3}));

        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
        assertThat(header).hasSize(128).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
        assertThat(new String(header, 10, 118, StandardCharsets.US_ASCII)).isEqualTo(text + " ".repeat(58) + "\n");
        assertThat(new String(
                        NpyHeader.write(new TensorInfo("x", TensorType.I64, new int[] {5})),
                        StandardCharsets.ISO_8859_1))
                .contains("'shape': (5,), }");
        assertThat(new String(
                        NpyHeader.write(new TensorInfo("x", TensorType.U8, new int[0])), StandardCharsets.ISO_8859_1))
                .contains("'|u1'", "'shape': (), }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpyHeader.write(new TensorInfo("x", TensorType.BF16, new int[0])))
                .withMessageContaining("NumPy has no type");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void npy_ofAnyVersion_isRead(int version) throws IOException {
        byte[] npy = HandMade.npy(
                version,
                "{'shape': (2L, 1), 'fortran_order': False,\"descr\":'<i2'}",
                (byte) 1,
                (byte) 2,
                (byte) -1,
                (byte) -1);
        Path bare = Files.write(folder.resolve("labels.npy"), npy);
        Path stored = Files.write(folder.resolve("s.npz"), HandMade.stored("x.npy", npy));
        Path deflated = Files.write(folder.resolve("d.npz"), HandMade.deflated("x.npy", npy));

        for (Path file : List.of(bare, stored, deflated)) {
            try (TensorFile read = TensorFiles.open(file)) {
                String name = file == bare ? "labels" : "x";
                assertThat(read.names()).containsExactly(name);
                assertThat(read.info(name)).isEqualTo(new TensorInfo(name, TensorType.I16, new int[] {2, 1}));
                assertThat(read.longs(name)).containsExactly(0x201, -1);
            }
        }
    }

    @Test
    void columnMajorArrays_areTurned() throws IOException {
        // a[i][j][k] = 100 i + 10 j + k, shape (2, 3, 2), first axis fastest
        byte[] data = {0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121};
        byte[] npy = HandMade.npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }", data);
        Path file = Files.write(folder.resolve("f.npy"), npy);

        try (TensorFile read = Npy.open(file)) {
            assertThat(read.longs("f")).containsExactly(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121);
        }
    }

    @Test
    void columnMajorArrays_ofWideElementsAndOneOrNoAxis_areTurned() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {1, 4, 2, 5, 3, 6}) {
            data.putFloat(value);
        }
        Path wide = Files.write(
                folder.resolve("w.npy"),
                HandMade.npy(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}", data.array()));
        Path vector = Files.write(
                folder.resolve("v.npy"),
                HandMade.npy(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (6,)}", data.array()));
        try (TensorFile read = Npy.open(wide)) {
            assertThat(read.floats("w").values()).containsExactly(1, 2, 3, 4, 5, 6);
        }
        try (TensorFile read = Npy.open(vector)) {
            assertThat(read.floats("v").values()).containsExactly(1, 4, 2, 5, 3, 6);
        }
    }

    @Test
    void texts_readsFixedWidthUnicode() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt('a').putInt('b').putInt(0x1F600).putInt('z').putInt(0).putInt(0);
        byte[] npy = HandMade.npy(3, "{'descr': '<U3', 'fortran_order': False, 'shape': (2,)}", data.array());
        Path file = Files.write(folder.resolve("t.npz"), HandMade.deflated("names.npy", npy));

        try (NpzFile read = Npz.open(file)) {
            assertThat(read.texts("names")).containsExactly("ab\uD83D\uDE00", "z");
            assertThatThrownBy(() -> read.floats("names"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("<U3");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
            {'descr': '|O', 'fortran_order': False, 'shape': (1,)}                    ^ pickled
            {'descr': '>f4', 'fortran_order': False, 'shape': (1,)}                   ^ type >f4
            {'descr': '<c8', 'fortran_order': False, 'shape': (1,)}                   ^ type <c8
            {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}          ^ several fields
            {'descr': '|u1', 'fortran_order': False, 'shape': (3,)}                   ^ ends early: 1 bytes
            {'descr': '|u1', 'fortran_order': False, 'shape': (0,)}                   ^ 1 bytes after the array
            {'descr': '|u1', 'fortran_order': 0, 'shape': (1,)}                       ^ True or False
            {'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}                  ^ axis length
            {'descr': '|u1', 'fortran_order': False, 'shape': (1.0,)}                 ^ no ')'
            {'descr': '|u1', 'fortran_order': False, 'shape': (99999999999,)}         ^ axis length
            {'descr': '|u1', 'fortran_order': False, 'shape': (2147483647,2147483647,2147483647)} ^ no array can have
            {'descr': '|u1', 'fortran_order': False, 'shape': 1}                      ^ no '('
            {'descr': '|u1', 'fortran_order': False}                                  ^ not complete
            {'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}   ^ twice
            {'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'x': 1}           ^ key 'x'
            {'descr': '|u1', 'fortran_order': False, 'shape': (1,)} + 1               ^ not complete
            {'descr': '|u1                                                            ^ without end
            __import__('os').system('true')                                           ^ no '{'
            """)
    void open_refusesANpyHeaderThatIsWrong(String header, String message) throws IOException {
        byte[] npy = HandMade.npy(1, header, (byte) 1);
        Path bare = Files.write(folder.resolve("x.npy"), npy);
        Path zipped = Files.write(folder.resolve("x.npz"), HandMade.stored("x.npy", npy));

        for (Path file : List.of(bare, zipped)) {
            assertThatThrownBy(() -> {
                        try (TensorFile read = TensorFiles.open(file)) {
                            read.floats("x");
                        }
                    })
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining(message);
        }
    }

    @Test
    void open_refusesNpyThatIsCutOffOrOfAnotherVersion() throws IOException {
        byte[] whole = HandMade.npyOfBytes((byte) 1, (byte) 2);
        for (int length = 1; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("x.npy"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npy.open(file).close()).isInstanceOf(BadInputException.class);
        }
        byte[] version4 = whole.clone();
        version4[6] = 4;
        Path newer = Files.write(folder.resolve("new.npy"), version4);
        assertThatThrownBy(() -> Npy.open(newer).close()).hasMessageContaining("npy version 4.0");
        byte[] longHeader = HandMade.npy(2, " ".repeat(70_000));
        Path large = Files.write(folder.resolve("long.npy"), longHeader);
        assertThatThrownBy(() -> Npy.open(large).close()).hasMessageContaining("header of 70001 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.npy", "/etc/x.npy", "a/../../x.npy", "a\\x.npy", ".."})
    void open_refusesNamesThatLeadElsewhere(String name) throws IOException {
        Path file = Files.write(folder.resolve("x.npz"), HandMade.stored(name, HandMade.npyOfBytes((byte) 1)));

        assertThatThrownBy(() -> Npz.open(file).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("lead out of the archive");
    }

    @Test
    void open_refusesAZipBomb() throws IOException {
        byte[] zeros = new byte[80 << 20];
        Path file = Files.write(folder.resolve("x.npz"), HandMade.deflated("x.npy", HandMade.npyOfBytes(zeros)));

        assertThatThrownBy(() -> Npz.open(file).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("zip bomb");
    }

    @Test
    void open_refusesTwoEntriesOfOneName() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(
                file,
                Compression.STORED,
                List.of(TensorSource.longs("aa", new int[] {1}, 1), TensorSource.longs("ab", new int[] {1}, 2)));
        byte[] bytes = Files.readAllBytes(file);
        byte[] name = "ab.npy".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i <= bytes.length - name.length; i++) {
            if (Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
                bytes[i + 1] = 'a';
            }
        }
        Files.write(file, bytes);

        assertThatThrownBy(() -> Npz.open(file).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("two entries called aa.npy");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void floats_refusesAWrongChecksum(Compression compression) throws IOException {
        Path file = folder.resolve("x.npz");
        float[] noise = new float[1000];
        RandomStream.of(1, Purpose.TEST, 0).fillGaussian(noise, 0, noise.length);
        FloatArray large = FloatArray.vector(noise);
        Npz.write(file, compression, List.of(TensorSource.floats("x", large), TensorSource.floats("y", MATRIX)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[2000] ^= 4; // inside the first array's data
        Files.write(file, bytes);

        try (NpzFile read = Npz.open(file)) {
            assertThatThrownBy(() -> read.floats("x"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining("damaged");
            assertThat(read.floats("y")).isEqualTo(MATRIX);
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void asStored_readsFromAnyByteOn(Compression compression) throws IOException {
        Path file = folder.resolve("x.npz");
        byte[] values = new byte[200_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) ((i * i) >> 5);
        }
        Npz.write(file, compression, List.of(TensorSource.unsignedBytes("x", new int[] {values.length}, values)));
        try (NpzFile read = Npz.open(file)) {
            assertThat(read.columnMajor("x")).isFalse();
            for (int from : new int[] {0, 1, 65_536, 199_999, 200_000}) {
                try (InputStream in = read.asStored("x", from)) {
                    assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(values, from, values.length));
                }
            }
            try (InputStream in = read.asStored("x", 10)) { // as whoever wants single columns
                in.skipNBytes(100_000);
                assertThat(in.readNBytes(3)).isEqualTo(Arrays.copyOfRange(values, 100_010, 100_013));
                in.skipNBytes(99_987);
                assertThat(in.read()).isEqualTo(-1);
            }
            assertThatThrownBy(() -> read.asStored("x", 200_001)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void asStored_leavesColumnMajorArraysAsTheyLie() throws IOException {
        byte[] data = {0, 100, 10, 110, 20, 120};
        byte[] npy = HandMade.npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", data);
        Path file = Files.write(folder.resolve("x.npz"), HandMade.stored("f.npy", npy));
        try (NpzFile read = Npz.open(file);
                InputStream in = read.asStored("f", 0)) {
            assertThat(read.columnMajor("f")).isTrue();
            assertThat(in.readAllBytes()).isEqualTo(data);
        }
    }

    @Test
    void directory_changesWithAnyContent() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, Compression.STORED, List.of(TensorSource.floats("x", MATRIX)));
        String before;
        try (NpzFile read = Npz.open(file)) {
            before = read.directory();
            assertThat(before).startsWith("x.npy 152 ");
        }
        Npz.write(file, Compression.STORED, List.of(TensorSource.floats("x", FloatArray.zeros(2, 3))));
        try (NpzFile read = Npz.open(file)) {
            assertThat(read.directory()).isNotEqualTo(before);
        }
    }

    @Test
    void open_refusesWhatIsNoWholeArchive() throws IOException {
        byte[] whole = HandMade.stored("x.npy", HandMade.npyOfBytes((byte) 1, (byte) 2));
        Path file = folder.resolve("x.npz");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npz.open(file).close()).isInstanceOf(BadInputException.class);
        }
        Files.write(file, HandMade.npyOfBytes((byte) 1));
        assertThatThrownBy(() -> Npz.open(file).close()).hasMessageContaining("bare npy array");
        Files.writeString(file, "PNG or so");
        assertThatThrownBy(() -> Npz.open(file).close()).hasMessageContaining("no zip archive");
    }

    @Test
    void info_ofAnUnknownName_listsWhatIsThere_andPassesOverOtherEntries() throws IOException {
        Path file = Files.write(folder.resolve("x.npz"), HandMade.stored("images.npy", HandMade.npyOfBytes((byte) 1)));
        Path other = Files.write(folder.resolve("y.npz"), HandMade.stored("readme.txt", (byte) 1));

        try (NpzFile read = Npz.open(file);
                NpzFile none = Npz.open(other)) {
            assertThatThrownBy(() -> read.bytes("arr_0"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("no tensor called arr_0")
                    .hasMessageContaining("images");
            assertThat(none.names()).isEmpty();
            assertThatThrownBy(() -> none.bytes("arr_0")).hasMessageContaining("it holds none");
        }
    }
}
