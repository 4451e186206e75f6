package org.ppflow.eval.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;
import org.ppflow.nn.weights.TensorInfo;

/**
 * Pictures of an npz as ADM's sampler writes it: {@code arr_0} uint8 (N, H, W, C), and {@code arr_1} the classes where it is there. Read from the zip entry,
 * stored or deflated, in batches; in memory: one batch, and for column-major arrays what {@link ColumnMajorPixels} says. Lengths are checked when it is
 * opened, the checksum when its last byte is read, before the last batch is handed out; of a stored entry only in a reading from picture 0 on.
 */
final class NpzImages implements ImageSource {
    static final String PIXELS = "arr_0";
    static final String LABELS = "arr_1";

    private final Path path;
    private final NpzFile file;
    private final ImageShape shape;
    private final long count;
    private final boolean columnMajor;
    private final int @Nullable [] labels;

    private NpzImages(Path path, NpzFile file, TensorInfo info, int @Nullable [] labels) throws IOException {
        this.path = path;
        this.file = file;
        this.shape = new ImageShape(info.shape()[1], info.shape()[2], info.shape()[3]);
        this.count = info.shape()[0];
        this.columnMajor = file.columnMajor(PIXELS);
        this.labels = labels;
    }

    static ImageSource open(Path path, ImageReading reading) throws IOException {
        if (Files.isRegularFile(path) && Files.size(path) == 0) {
            throw BadInputException.at(path.toString())
                    .found("an empty file, not a zip file")
                    .expected("an npz with " + PIXELS)
                    .build();
        }
        NpzFile file = Npz.open(path);
        try {
            TensorInfo info = PixelArray.check(file, PIXELS, reading.channels());
            return new NpzImages(path, file, info, labels(file, info.shape()[0]));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static int @Nullable [] labels(NpzFile file, int count) throws IOException {
        if (!file.contains(LABELS)) {
            return null;
        }
        TensorInfo info = file.info(LABELS);
        String where = file.path() + ": " + LABELS;
        if (info.type().isFloating() || info.shape().length != 1 || info.size() != count) {
            throw BadInputException.at(where)
                    .found(info.toString())
                    .expected(count + " whole numbers, the class of each picture of " + PIXELS)
                    .advice("leave it out where classes are not known")
                    .build();
        }
        long[] values = file.longs(LABELS);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            if (values[i] < 0 || values[i] > Integer.MAX_VALUE) {
                throw BadInputException.at(where + "[" + i + "]")
                        .found("class " + values[i])
                        .expected("0 or more")
                        .build();
            }
            labels[i] = (int) values[i];
        }
        return labels;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public Optional<int[]> labels() {
        return Optional.ofNullable(labels).map(int[]::clone);
    }

    @Override
    public SourceIdentity identity() {
        try {
            return new FileStamp()
                    .addPlace(path)
                    .addFile(path)
                    .add(file.directory())
                    .identity();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
        BatchAssembly assembly = new BatchAssembly(shape, count, first, batch, consumer);
        if (columnMajor) {
            new ColumnMajorPixels(file, PIXELS, shape, count).read(first, assembly);
            return;
        }
        long remaining = count - first;
        try (InputStream in = file.asStored(PIXELS, first * shape.bytes())) {
            boolean more = remaining > 0;
            while (more) {
                byte[] pixels = new byte[Math.multiplyExact((int) Math.min(batch, remaining), shape.bytes())];
                int read = in.readNBytes(pixels, 0, pixels.length);
                if (read < pixels.length) { // the stream itself says so; never hand out zeros
                    throw new java.io.EOFException(path + ": " + PIXELS + " ends early");
                }
                remaining -= pixels.length / shape.bytes();
                more = consumer.accept(new ImageBatch(pixels, shape.height(), shape.width(), shape.channels()))
                        && remaining > 0;
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
