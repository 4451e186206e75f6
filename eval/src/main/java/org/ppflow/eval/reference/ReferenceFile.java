package org.ppflow.eval.reference;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorInfo;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;

/**
 * Writes a reference in ADM's form, which ADM's own script reads: {@code arr_0} some of the pictures, uint8 (N, H, W, C), for precision and recall;
 * {@code arr_1} their classes, int64, where they are known; {@code mu, sigma, mu_s, sigma_s} the statistics of all pictures.
 */
public final class ReferenceFile {
    /** Pictures of ADM's references. */
    public static final int ADM_PICTURES = 10_000;

    private static final int BATCH_BYTES = 16 << 20;

    private ReferenceFile() {}

    /**
     * Writes a reference, complete or not at all. Reads the pictures once, up to the last that is kept. In memory: a batch of 16 MiB, the source's own, and
     * the statistics.
     *
     * @param file to write; its name should end in {@code .npz}
     * @param images the whole data set
     * @param keep pictures to keep, evenly spread over the set (number i·count/keep, rounded down), so that of a set sorted by class every class is kept; all,
     *     where there are not more
     * @param statistics of all pictures; {@code mu} is written in float32 where {@link StoredMoments#singleMean}, as ADM has it, in float64 otherwise
     */
    public static void write(Path file, ImageSource images, int keep, StoredStatistics statistics, Progress progress)
            throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("keep " + keep + " must be at least 1");
        }
        Spread spread = new Spread(images.count(), (int) Math.min(keep, images.count()));
        List<TensorSource> arrays = new ArrayList<>();
        arrays.add(pixels(images, spread, progress));
        Optional<int[]> labels = images.labels();
        if (labels.isPresent()) {
            long[] kept = new long[spread.kept()];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = labels.get()[Math.toIntExact(spread.picture(i))];
            }
            arrays.add(TensorSource.longs("arr_1", new int[] {kept.length}, kept));
        }
        add(arrays, StoredStatistics.MU, StoredStatistics.SIGMA, statistics.pool());
        add(arrays, StoredStatistics.MU_SPATIAL, StoredStatistics.SIGMA_SPATIAL, statistics.spatial());
        Npz.write(file, Npz.Compression.STORED, arrays);
    }

    /**
     * Which pictures are kept.
     *
     * @param count of all
     * @param kept of them
     */
    private record Spread(long count, int kept) {
        /** Number of the kept picture i; rises with i. */
        long picture(int i) {
            return Math.multiplyExact(count, (long) i) / kept;
        }
    }

    private static TensorSource pixels(ImageSource images, Spread spread, Progress progress) {
        ImageShape shape = images.shape();
        int[] axes = {spread.kept(), shape.height(), shape.width(), shape.channels()};
        return new TensorSource(new TensorInfo("arr_0", TensorType.U8, axes), out -> {
            try (Progress.Task task = progress.start("pictures of " + images.name(), spread.kept(), "pictures")) {
                Writing writing = new Writing(out, shape, spread, task);
                images.forEachBatch(0, Math.max(1, BATCH_BYTES / shape.bytes()), writing::take);
                if (writing.written != spread.kept()) {
                    throw BadInputException.at(images.name())
                            .found(writing.seen + " pictures")
                            .expected(images.count() + " as it says of itself")
                            .build();
                }
            }
        });
    }

    private static final class Writing {
        private final OutputStream out;
        private final ImageShape shape;
        private final Spread spread;
        private final Progress.Task task;
        private long seen;
        private int written;

        Writing(OutputStream out, ImageShape shape, Spread spread, Progress.Task task) {
            this.out = out;
            this.shape = shape;
            this.spread = spread;
            this.task = task;
        }

        boolean take(ImageBatch batch) throws IOException {
            long end = seen + batch.count();
            while (written < spread.kept() && spread.picture(written) < end) {
                int inBatch = (int) (spread.picture(written) - seen);
                out.write(batch.pixels(), inBatch * shape.bytes(), shape.bytes());
                written++;
            }
            seen = end;
            task.advanceTo(written);
            return written < spread.kept();
        }
    }

    private static void add(List<TensorSource> arrays, String mu, String sigma, StoredMoments moments) {
        int size = moments.size();
        if (moments.singleMean()) {
            float[] mean = new float[size];
            for (int i = 0; i < size; i++) {
                mean[i] = (float) moments.mean()[i];
            }
            arrays.add(TensorSource.floats(mu, new FloatArray(new int[] {size}, mean)));
        } else {
            arrays.add(TensorSource.doubles(mu, new int[] {size}, moments.mean()));
        }
        arrays.add(TensorSource.doubles(sigma, new int[] {size, size}, moments.covariance()));
    }
}
