package org.ppflow.eval.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;

class NpzImagesTest {
    private static final int MUTANTS = 2000;

    @TempDir
    private Path folder;

    @Test
    void oddButValidFiles_areReadAlike() throws IOException {
        List<Path> files = GoldenFiles.npzFiles("odd");
        byte[] expected = null;
        for (Path file : files) {
            try (ImageSource source = ImageSources.open(file.toString())) {
                byte[] pixels = Reading.pixels(source, 0, 2);
                expected = expected == null ? pixels : expected;
                assertThat(source.shape()).isEqualTo(new ImageShape(16, 16, 3));
                assertThat(pixels).as(file.toString()).hasSize(3 * 768).isEqualTo(expected);
                assertThat(Reading.pixels(source, 1, 1))
                        .as(file.toString())
                        .isEqualTo(Arrays.copyOfRange(expected, 768, 3 * 768));
            }
        }
    }

    /** Flipped bits, bytes that parsers trip over, cuts, doubled and removed pieces. */
    @ParameterizedTest
    @EnumSource(Npz.Compression.class)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void damagedFiles_giveTheSamePicturesOrAnErrorThatNamesTheFile(Npz.Compression compression) throws IOException {
        PictureSet set = PictureSet.noise(11, 3, 16, 16);
        byte[] whole = Files.readAllBytes(set.npz(folder.resolve("whole.npz"), compression, 1, 2, 3));
        assertThat(attack(whole, set.pixels(), MUTANTS, compression == Npz.Compression.STORED ? 1 : 2))
                .as("mutants refused")
                .isGreaterThan(MUTANTS / 2);
    }

    /** Column order, zip64 fields, data descriptors and the like, damaged. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void damagedOddFiles_giveTheSamePicturesOrAnErrorThatNamesTheFile() throws IOException {
        int step = 3;
        for (Path odd : GoldenFiles.npzFiles("odd")) {
            byte[] pixels;
            try (ImageSource source = ImageSources.open(odd.toString())) {
                pixels = Reading.pixels(source, 0, 2);
            }
            assertThat(attack(Files.readAllBytes(odd), pixels, MUTANTS / 8, step++))
                    .as("mutants of " + odd + " refused")
                    .isGreaterThan(MUTANTS / 16);
        }
    }

    /** Reads mutants; answers how many were refused. */
    private int attack(byte[] whole, byte[] pixels, int mutants, int step) throws IOException {
        int refused = 0;
        for (int number = 0; number < mutants; number++) {
            Path file = folder.resolve("mutant" + number + ".npz");
            Files.write(file, mutate(whole, RandomStream.of(20261125, Purpose.TEST, number, step)));
            try (ImageSource source = ImageSources.open(file.toString())) {
                assertThat(Reading.pixels(source, 0, 2)).as("mutant " + number).isEqualTo(pixels);
                source.identity();
            } catch (BadInputException e) {
                assertThat(e).hasMessageContaining(file.toString());
                refused++;
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("mutant " + number + " of attack " + step + ": " + e, e);
            }
            Files.delete(file);
        }
        return refused;
    }

    private static byte[] mutate(byte[] whole, RandomStream random) {
        byte[] nasty = {0, 1, -1, 127, -128, '\'', '(', ',', '9', 8, 'P', 'K'};
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            // half of the damage where the structure is: headers at the start, the directory at the end
            int structure = 300;
            int at = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(Math.min(structure, bytes.length));
                case 1 -> bytes.length - 1 - random.nextInt(Math.min(structure, bytes.length));
                default -> random.nextInt(bytes.length);
            };
            int length = 1 + random.nextInt(16);
            switch (random.nextInt(6)) {
                case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = nasty[random.nextInt(nasty.length)];
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> bytes = splice(bytes, at, Math.max(0, at - length));
                default -> bytes = splice(bytes, at, Math.min(bytes.length, at + length));
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

    /** 2.4 GB, more than the test's heap and than an array can hold; a hole in the file system but for its last pixel. */
    @Test
    void storedEntryLargerThanMemory_isReadInBatchesFromAnyPlace() throws IOException {
        int pictures = 750;
        int size = 3 << 20;
        Path file = folder.resolve("large.npz");
        assertThat(writeHoles(file, pictures, 1024))
                .isGreaterThan(Runtime.getRuntime().maxMemory());
        try (ImageSource source = ImageSources.open(file.toString())) {
            assertThat(source.count()).isEqualTo(pictures);
            long before = allocated();
            byte[] last = Reading.pixels(source, pictures - 1, 1);
            assertThat(last).hasSize(size);
            assertThat(last[size - 2]).isZero();
            assertThat(last[size - 1]).isEqualTo((byte) 200);
            assertThat(allocated() - before).as("bytes for one picture").isLessThan(10L * size);

            before = allocated();
            int[] batches = new int[1];
            source.forEachBatch(0, 4, batch -> ++batches[0] < 16);
            assertThat(batches[0]).isEqualTo(16);
            assertThat(allocated() - before).as("bytes for 64 pictures").isLessThan(70L * size);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** A stored npz of black pictures without their bytes, nor their checksum; answers how many bytes there are. */
    private static long writeHoles(Path file, int pictures, int side) throws IOException {
        String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + pictures + ", " + side + ", " + side
                + ", 3), }";
        byte[] dictionary = (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer npy = ByteBuffer.allocate(128)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) dictionary.length, 0})
                .put(dictionary);
        long size = npy.position() + (long) pictures * side * side * 3;
        byte[] name = "arr_0.npy".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer local = ByteBuffer.allocate(30 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        local.putInt(0x04034B50).putShort((short) 20).putInt(0).putInt(0x210000);
        local.putInt(0).putInt((int) size).putInt((int) size);
        local.putShort((short) name.length).putShort((short) 0).put(name);
        ByteBuffer end = ByteBuffer.allocate(46 + name.length + 22).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(0x02014B50)
                .putShort((short) 20)
                .putShort((short) 20)
                .putInt(0)
                .putInt(0x210000);
        end.putInt(0).putInt((int) size).putInt((int) size);
        end.putShort((short) name.length).position(46);
        end.put(name);
        end.putInt(0x06054B50).putInt(0).putShort((short) 1).putShort((short) 1);
        end.putInt(46 + name.length).putInt((int) (local.capacity() + size)).putShort((short) 0);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(local.flip(), 0);
            channel.write(npy.flip(), local.capacity());
            channel.write(ByteBuffer.wrap(new byte[] {(byte) 200}), local.capacity() + size - 1);
            channel.write(end.flip(), local.capacity() + size);
        }
        return size;
    }

    @Test
    void damageInAStoredEntry_isFoundByAReadingOfAllBeforeItsLastBatch() throws IOException {
        PictureSet set = PictureSet.noise(12, 10, 16, 16);
        Path file = set.npz(folder.resolve("damaged.npz"), Npz.Compression.STORED);
        byte[] bytes = Files.readAllBytes(file);
        bytes[1000] ^= 4;
        Files.write(file, bytes);
        try (ImageSource source = ImageSources.open(file.toString())) {
            int[] taken = new int[1];
            assertThatThrownBy(() -> source.forEachBatch(0, 4, batch -> {
                        taken[0] += batch.count();
                        return true;
                    }))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("the checksum of arr_0.npy");
            assertThat(taken[0]).isEqualTo(8);
        }
    }

    @Test
    void floatPixels_areRefusedWithTheirRangeAndTheFirstValueThatIsNoNumber() throws IOException {
        float[] values = new float[2 * 4 * 4 * 3];
        Arrays.fill(values, -1);
        values[1] = 1;
        values[48 + 17] = Float.NaN;
        Path file = folder.resolve("float.npz");
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(TensorSource.floats("arr_0", new FloatArray(new int[] {2, 4, 4, 3}, values))));
        assertThatThrownBy(() -> ImageSources.open(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(
                        "float32 pixels in -1..1, NaN at [1, 1, 1, 2], picture 1; expected uint8, 0 to 255");
    }

    @Test
    void wholeNumbersOfAnotherType_areToldHowTheyBecomeBytes() throws IOException {
        Path file = folder.resolve("longs.npz");
        Npz.write(
                file, Npz.Compression.STORED, List.of(TensorSource.longs("arr_0", new int[] {1, 1, 1, 3}, 0, 7, 255)));
        assertThatThrownBy(() -> ImageSources.open(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("int64 pixels of shape [1, 1, 1, 3]; expected uint8, 0 to 255")
                .hasMessageEndingWith("save images.astype(numpy.uint8)");
    }

    @Test
    void bareArrayOfItsOwnName_isNotToldToTakeThatName() throws IOException {
        Path file = Files.write(folder.resolve("b.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        assertThatThrownBy(() -> ImageSources.open(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageEndingWith("expected a zip archive (npz); save it with numpy.savez(file, array)");
    }

    @Test
    void statistics_areNoSamples() throws IOException {
        Path file = folder.resolve("stats.npz");
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(TensorSource.floats("mu", new FloatArray(new int[] {2}, new float[2]))));
        assertThatThrownBy(() -> ImageSources.open(file.toString()))
                .hasMessageContaining("no arr_0 among mu")
                .hasMessageContaining("it can be a reference");
    }
}
