package org.ppflow.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Files as {@code torch.save} wrote them before 1.6, put together operation by operation as Python's pickle does, memo and all. */
class OldTorchTest {
    private static final String MAGIC = "80028a0a6cfc9c46f9206aa850192e";
    private static final String VERSION = "80024de9032e"; // 1001

    @TempDir
    private Path folder;

    /** {@code {'protocol_version': 1001, 'little_endian': True}}. */
    private static void machine(ByteArrayOutputStream out, boolean little) {
        code(out, "80027d710028");
        text(out, "protocol_version", 1);
        code(out, "4de903");
        text(out, "little_endian", 2);
        code(out, little ? "88" : "89");
        code(out, "752e");
    }

    /**
     * {@code OrderedDict(w=2×3 of floats from the second element of its storage on, n=an int64)}, with the attribute {@code _metadata} that
     * modules give their state dicts.
     */
    private static byte[] file(boolean little) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        code(out, MAGIC);
        code(out, VERSION);
        machine(out, little);
        code(out, "8002");
        line(out, "ccollections\nOrderedDict\n");
        code(out, "71002952710128"); // memo 0, (), call, memo 1, mark
        tensor(out, "w", "FloatStorage", "140234", 7, "4b01", "4b024b0386", "4b034b0186");
        tensor(out, "n", "LongStorage", "99", 1, "4b00", "29", "29");
        code(out, "75"); // set items
        code(out, "7d"); // {'_metadata': {}}
        text(out, "_metadata", 60);
        code(out, "7d73622e"); // dict, set, build, stop
        code(out, "80025d710028"); // list of keys
        text(out, "140234", 1);
        text(out, "99", 2);
        code(out, "652e");
        storage(out, 7, new byte[0], 0, 1.5f, 3, 4.5f, 6, 7.5f, 9);
        byte[] integer = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(-12345678901L)
                .array();
        storage(out, 1, integer);
        return out.toByteArray();
    }

    private static void tensor(
            ByteArrayOutputStream out,
            String name,
            String storage,
            String key,
            int size,
            String offset,
            String shape,
            String strides) {
        text(out, name, 10);
        line(out, "ctorch._utils\n_rebuild_tensor_v2\n");
        code(out, "28" + "28");
        text(out, "storage", 11);
        line(out, "ctorch\n" + storage + "\n");
        text(out, key, 12);
        text(out, "cpu", 13);
        code(out, "4b" + HexFormat.of().toHexDigits((byte) size) + "4e" + "74" + "51"); // size, None, tuple, persistent
        code(out, offset + shape + strides + "89"); // requires_grad False
        line(out, "ccollections\nOrderedDict\n");
        code(out, "2952" + "7452"); // (), call; tuple, call
    }

    private static void text(ByteArrayOutputStream out, String value, int memo) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(utf8.length)
                .array());
        out.writeBytes(utf8);
        out.write('q');
        out.write(memo);
    }

    private static void line(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void code(ByteArrayOutputStream out, String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex));
    }

    /** Number of elements, then their bytes: floats or others. */
    private static void storage(ByteArrayOutputStream out, long count, byte[] others, float... floats) {
        ByteBuffer data =
                ByteBuffer.allocate(8 + others.length + 4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(count).put(others);
        for (float value : floats) {
            data.putFloat(value);
        }
        out.writeBytes(data.array());
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("old.pth"), bytes);
    }

    @Test
    void open_readsTensorsOfTheOldFormat() throws IOException {
        try (TensorFile read = TensorFiles.open(write(file(true)))) {
            assertThat(read.names()).containsExactly("w", "n");
            assertThat(read.info("w").type()).isEqualTo(TensorType.F32);
            assertThat(read.floats("w").shape()).containsExactly(2, 3);
            assertThat(read.floats("w").values()).containsExactly(1.5f, 3, 4.5f, 6, 7.5f, 9);
            assertThat(read.info("n").shape()).isEmpty();
            assertThat(read.longs("n")).containsExactly(-12345678901L);
        }
    }

    @Test
    void open_ofEveryShorterFileIsRefusedByName() throws IOException {
        byte[] whole = file(true);
        for (int length = 0; length < whole.length; length++) {
            Path cut = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TensorFiles.open(cut).close())
                    .as(length + " of " + whole.length + " bytes")
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("old.pth");
        }
    }

    @Test
    void open_ofADamagedFileIsRefusedOrReadsTheSameNames() throws IOException {
        byte[] whole = file(true);
        RandomStream random = RandomStream.of(8, Purpose.TEST, 0);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            damaged[Math.floorMod(random.nextInt(), whole.length)] ^= (byte) (1 << Math.floorMod(random.nextInt(), 8));
            try (TensorFile read = TensorFiles.open(write(damaged))) {
                for (String name : read.names()) {
                    read.doubles(name);
                }
            } catch (BadInputException e) {
                assertThat(e).hasMessageContaining("old.pth");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 400);
    }

    @Test
    void open_ofAnotherByteOrderIsRefused() throws IOException {
        Path file = write(file(false));
        assertThatThrownBy(() -> TensorFiles.open(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("big-endian");
    }

    @Test
    void open_ofAStorageOfAnotherLengthIsRefused() throws IOException {
        byte[] bytes = file(true);
        bytes[bytes.length - 16] = 2; // the last storage says that it has two elements
        Path file = write(bytes);
        assertThatThrownBy(() -> TensorFiles.open(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("storage 99 of 2 elements; expected 1");
    }
}
