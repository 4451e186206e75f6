package org.ppflow.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.pickle.PickleWriter;

class TorchTest {
    private static final FloatArray MATRIX =
            new FloatArray(new int[] {2, 3}, new float[] {1, -2, 0.5f, Float.NaN, -0.0f, Float.MIN_VALUE});

    @TempDir
    Path folder;

    @Test
    void write_thenOpen_givesNamesInOrderAndEveryBitBack() throws IOException {
        Path file = folder.resolve("w.pt");
        Torch.write(
                file,
                List.of(
                        TensorSource.floats("z.weight", MATRIX),
                        TensorSource.floats("scalar", new FloatArray(new int[0], new float[] {7})),
                        TensorSource.floats("empty", FloatArray.zeros(0, 4)),
                        TensorSource.longs("step", new int[] {2}, Long.MAX_VALUE, -1)));
        try (TorchFile read = Torch.open(file, Optional.empty())) {
            assertThat(read.names()).containsExactly("z.weight", "scalar", "empty", "step");
            assertThat(read.parts()).isEmpty();
            assertThat(read.floats("z.weight")).isEqualTo(MATRIX);
            assertThat(read.floats("scalar").shape()).isEmpty();
            assertThat(read.floats("empty").shape()).containsExactly(0, 4);
            assertThat(read.longs("step")).containsExactly(Long.MAX_VALUE, -1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TensorType.class,
            names = {"U16", "U32"},
            mode = EnumSource.Mode.EXCLUDE)
    void copyOfACopy_hasTheSameBytes(TensorType type) throws IOException {
        byte[] bits = {1, 0, -1, 127, -128, 64, 3, 9, 1, 0, 0, 1, 0, 1, 1, 0};
        TensorInfo info = new TensorInfo("x", type, new int[] {bits.length / type.bytes()});
        Path first = folder.resolve("first.pt");
        Torch.write(first, List.of(new TensorSource(info, out -> out.write(bits))));
        Path second = folder.resolve("second.pt");
        try (TensorFile read = Torch.open(first, Optional.empty())) {
            assertThat(read.info("x")).isEqualTo(info);
            Torch.write(second, List.of(TensorSource.copy(read, "x")));
        }
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void storages_startAtMultiplesOf64_soThatPyTorchCanMapThem() throws IOException {
        Path file = folder.resolve("w.pt");
        Torch.write(
                file,
                List.of(
                        TensorSource.unsignedBytes("u", new int[] {3}, (byte) 77, (byte) 78, (byte) 79),
                        TensorSource.unsignedBytes("v", new int[] {3}, (byte) 87, (byte) 88, (byte) 89)));
        String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(all.indexOf("MNO") % 64).isZero();
        assertThat(all.indexOf("WXY") % 64).isZero();
    }

    @Test
    void views_areReadInTheirOwnOrder() throws IOException {
        // x.T of a 2×3 storage, and its second row.
        PickleWriter pickle = new PickleWriter();
        pickle.name("collections", "OrderedDict").integers().call().mark();
        tensor(pickle, "transposed", 6, 0, new long[] {3, 2}, new long[] {1, 3});
        tensor(pickle, "row", 6, 3, new long[] {3}, new long[] {1});
        Path file = archive(pickle.setItems().end(), 0, 1, 2, 3, 4, 5);
        try (TensorFile read = Torch.open(file, Optional.empty())) {
            assertThat(read.floats("transposed").values()).containsExactly(0, 3, 1, 4, 2, 5);
            assertThat(read.floats("row").values()).containsExactly(3, 4, 5);
        }
    }

    @Test
    void wrappersBeforeEveryName_areDropped() throws IOException {
        PickleWriter pickle = new PickleWriter();
        pickle.name("collections", "OrderedDict").integers().call().mark();
        tensor(pickle, "module.a", 6, 0, new long[] {6}, new long[] {1});
        tensor(pickle, "module.b", 6, 0, new long[] {6}, new long[] {1});
        Path file = archive(pickle.setItems().end(), 0, 1, 2, 3, 4, 5);
        try (TensorFile read = Torch.open(file, Optional.empty())) {
            assertThat(read.names()).containsExactly("a", "b");
        }
    }

    @Test
    void looseTensorBesideAPart_doesNotHideThePart() throws IOException {
        PickleWriter pickle = new PickleWriter();
        pickle.name("collections", "OrderedDict").integers().call().mark().text("state_dict");
        pickle.name("collections", "OrderedDict").integers().call().mark();
        tensor(pickle, "a", 6, 0, new long[] {6}, new long[] {1});
        pickle.setItems();
        tensor(pickle, "epoch", 6, 0, new long[0], new long[0]);
        Path file = archive(pickle.setItems().end(), 0, 1, 2, 3, 4, 5);
        try (TorchFile read = Torch.open(file, Optional.empty())) {
            assertThat(read.part()).contains("state_dict");
            assertThat(read.names()).containsExactly("a");
        }
    }

    @Test
    void viewsBeyondTheStorage_areRefused() throws IOException {
        refuses("in a storage of 6 elements", new long[] {7}, new long[] {1});
        refuses("in a storage of 6 elements", new long[] {2}, new long[] {6});
        // A stride of zero would make a large tensor of a small file.
        refuses("in a storage of 6 elements", new long[] {1 << 30, 1 << 30}, new long[] {0, 0});
    }

    private void refuses(String message, long[] shape, long[] strides) throws IOException {
        PickleWriter pickle = new PickleWriter();
        pickle.name("collections", "OrderedDict").integers().call().mark();
        tensor(pickle, "x", 6, 0, shape, strides);
        Path file = archive(pickle.setItems().end(), 0, 1, 2, 3, 4, 5);
        assertThatThrownBy(() -> Torch.open(file, Optional.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void pickleThatNamesAnythingElse_isRefusedByName() throws IOException {
        byte[] pickle = new PickleWriter()
                .name("os", "system")
                .mark()
                .text("touch " + folder.resolve("executed"))
                .tuple()
                .call()
                .end();
        Path file = archive(pickle, 0);
        assertThatThrownBy(() -> Torch.open(file, Optional.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("os.system")
                .hasMessageContaining("nothing was executed");
        assertThat(folder.resolve("executed")).doesNotExist();
    }

    @Test
    void storageShorterThanItsTensor_isRefused() throws IOException {
        PickleWriter pickle = new PickleWriter();
        pickle.name("collections", "OrderedDict").integers().call().mark();
        tensor(pickle, "x", 600, 0, new long[] {600}, new long[] {1});
        Path file = archive(pickle.setItems().end(), 0, 1, 2);
        try (TensorFile read = Torch.open(file, Optional.empty())) {
            assertThatThrownBy(() -> read.floats("x"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("data/0 of 12 bytes; expected 2400");
        }
    }

    @Test
    void failedWrite_leavesTheOldFile() throws IOException {
        Path file = folder.resolve("w.pt");
        Torch.write(file, List.of(TensorSource.floats("a", MATRIX)));
        byte[] before = Files.readAllBytes(file);
        TensorInfo info = new TensorInfo("b", TensorType.F32, new int[] {2});
        TensorSource failing = new TensorSource(info, out -> {
            throw new IOException("no space left");
        });
        assertThatThrownBy(() -> Torch.write(file, List.of(TensorSource.floats("a", MATRIX), failing)))
                .hasMessageContaining("no space left");
        assertThat(file).hasBinaryContent(before);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    /** One entry of a state dict, in storage 0. */
    private static void tensor(
            PickleWriter pickle, String name, long elements, long offset, long[] shape, long[] strides) {
        pickle.text(name).name("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark()
                .text("storage")
                .name("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .integer(elements);
        pickle.tuple()
                .persistent()
                .integer(offset)
                .integers(shape)
                .integers(strides)
                .bool(false);
        pickle.name("collections", "OrderedDict").integers().call().tuple().call();
    }

    private Path archive(byte[] pickle, float... storage) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x/data.pkl", pickle);
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(4 * storage.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(storage);
        entries.put("x/data/0", bytes.array());
        Path file = Files.createTempFile(folder, "made", ".pt");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ZipWriter zip = new ZipWriter(channel);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.add(entry.getKey(), false, out -> out.write(entry.getValue()));
            }
            zip.finish();
        }
        return file;
    }
}
