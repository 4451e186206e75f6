package org.ppflow.eval.neighbours;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Rows of random numbers in a memory-mapped file that has no name any more, so that nothing is left of it when the process ends in whatever way. Little-endian float32, at most 2 GiB. */
final class FileRows implements FeatureRows {
    private final FloatBuffer mapped;
    private final int count;
    private final int size;

    private FileRows(FloatBuffer mapped, int count, int size) {
        this.mapped = mapped;
        this.count = count;
        this.size = size;
    }

    /**
     * Writes a file of standard normals, whose name is free again afterwards. In 2048 dimensions their distances differ little, so that bounds exclude fewer pairs than with features of
     * pictures.
     */
    static FileRows normal(Path file, int count, int size, long seed) throws IOException {
        long bytes = (long) count * size * Float.BYTES;
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            ByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            FloatBuffer floats = map.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            IntStream.range(0, count).parallel().forEach(row -> {
                float[] values = new float[size];
                RandomStream.of(seed, Purpose.TEST, row).fillGaussian(values, 0, size);
                floats.duplicate().position(row * size).put(values);
            });
            return new FileRows(floats.asReadOnlyBuffer(), count, size);
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void read(int first, int rows, float[] target, int offset) {
        mapped.duplicate().position(first * size).get(target, offset, rows * size);
    }
}
