package org.ppflow.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Files with random damage end in success or in a {@link BadInputException}, never in anything else, and what a reader hands
 * out is never larger than the damaged file can hold. Seeded: a failure names the mutant that causes it.
 */
class MutationTest {
    private static final int MUTANTS = 3000;
    /** Values that parsers trip over: limits of lengths and counts, quotes, digits, signs. */
    private static final byte[] NASTY = {0, 1, -1, 127, -128, '"', '\'', '{', '}', '[', ',', '-', '9', '0', 'E', 8, 0x50
    };

    private static final List<TensorSource> TENSORS = List.of(
            TensorSource.floats("blocks.0.weight", FloatArray.zeros(3, 4)),
            TensorSource.floats("b", FloatArray.vector(1, 2, 3)),
            TensorSource.longs("labels", new int[] {2}, 1, 2),
            TensorSource.unsignedBytes("u", new int[] {2, 2}, (byte) 1, (byte) 2, (byte) 3, (byte) 4));

    @TempDir
    Path folder;

    @Test
    void safetensors_withDamage_endInSuccessOrBadInput() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("format", "pt"), TENSORS);
        attack(file, 1, Safetensors::open);
    }

    @Test
    void storedNpz_withDamage_endsInSuccessOrBadInput() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, Npz.Compression.STORED, TENSORS);
        attack(file, 2, Npz::open);
    }

    @Test
    void deflatedNpz_withDamage_endsInSuccessOrBadInput() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, Npz.Compression.DEFLATED, TENSORS);
        attack(file, 3, Npz::open);
    }

    @Test
    void npzWithDataDescriptor_withDamage_endsInSuccessOrBadInput() throws IOException {
        byte[] npy = HandMade.npy(2, "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }", new byte[24]);
        Path file = Files.write(folder.resolve("x.npz"), HandMade.deflated("arr_0.npy", npy));
        attack(file, 4, Npz::open);
    }

    @Test
    void npy_withDamage_endsInSuccessOrBadInput() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, TENSORS.get(0));
        attack(file, 5, Npy::open);
    }

    @Test
    void torch_withDamage_endsInSuccessOrBadInput() throws IOException {
        Path file = folder.resolve("x.pt");
        Torch.write(file, TENSORS);
        attack(file, 7, path -> Torch.open(path, Optional.empty()));
    }

    @Test
    void indexOfShards_withDamage_endsInSuccessOrBadInput() throws IOException {
        Safetensors.write(folder.resolve("x.safetensors"), TENSORS);
        Path file = Files.writeString(
                folder.resolve("x.index.json"),
                "{\"weight_map\": {\"b\": \"x.safetensors\", \"u\": \"x.safetensors\"}}");
        attack(file, 8, SafetensorsShards::open);
    }

    private interface Opener {
        TensorFile open(Path file) throws IOException;
    }

    private void attack(Path original, int attack, Opener opener) throws IOException {
        byte[] whole = Files.readAllBytes(original);
        int refused = 0;
        for (int number = 0; number < MUTANTS; number++) {
            byte[] mutant = mutate(whole, RandomStream.of(20261123, Purpose.TEST, number, attack));
            Path file = Files.write(folder.resolve("mutant" + number), mutant);
            try (TensorFile read = opener.open(file)) {
                for (String name : read.names()) {
                    read(read, name, mutant.length);
                }
            } catch (BadInputException e) {
                assertThat(e.getMessage()).contains(file.toString());
                refused++;
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("mutant " + number + " of attack " + attack + ": " + e, e);
            }
            Files.delete(file);
        }
        assertThat(refused)
                .as("mutants refused: the damage must reach the readers")
                .isGreaterThan(MUTANTS / 4);
    }

    private static void read(TensorFile file, String name, int fileBytes) throws IOException {
        TensorInfo info = file.info(name);
        assertThat(info.byteSize()).isLessThanOrEqualTo(1032L * fileBytes);
        file.floats(name);
        file.bytes(name);
        if (!info.type().isFloating()) {
            file.longs(name);
        }
    }

    /** One to four of: a flipped bit, a nasty byte, a run of them, a cut, a doubled piece, a removed piece. */
    private static byte[] mutate(byte[] whole, RandomStream random) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(8)) {
                case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2, 3 -> bytes[at] = NASTY[random.nextInt(NASTY.length)];
                case 4 ->
                    Arrays.fill(
                            bytes,
                            at,
                            Math.min(bytes.length, at + 1 + random.nextInt(8)),
                            NASTY[random.nextInt(NASTY.length)]);
                case 5 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 6 -> bytes = splice(bytes, at, Math.max(0, at - random.nextInt(16)));
                default -> bytes = splice(bytes, at, Math.min(bytes.length, at + random.nextInt(16)));
            }
        }
        return bytes;
    }

    /** {@code bytes[0, end)} followed by {@code bytes[from, …)}: doubles a piece if from is before end, else drops one. */
    private static byte[] splice(byte[] bytes, int end, int from) {
        byte[] spliced = Arrays.copyOf(bytes, Math.max(1, end + bytes.length - from));
        System.arraycopy(bytes, from, spliced, end, bytes.length - from);
        return spliced;
    }
}
