package org.ppflow.eval.extraction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.WatchedImages;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

/**
 * The one pass of a network over pictures. Parts that are there already are passed over, so a pass that was killed goes on, and shards of several
 * processes are one set. Memory: a batch of pictures and one part.
 *
 * @param network opened only where a part is missing
 * @param progress of the pass
 * @param before sees the network where a pass is to run, and may refuse it
 */
public record FeatureExtraction(LazyNetwork network, Progress progress, Consumer<FeatureNetwork> before) {
    /** Pictures that no two shares divide among them; the last such piece of a set may have fewer. */
    public static final int PIECE = FeatureParts.ROWS;

    /** Pictures that are read at a time; divides the pictures of a part. */
    private static final int BATCH = 64;

    /** Networks run no fewer at a time; fewer would be filled up. */
    private static final int LEAST_BATCH = 16;

    private static final int BATCH_BYTES = 64 << 20;

    /** One that refuses no network. */
    public FeatureExtraction(LazyNetwork network, Progress progress) {
        this(network, progress, running -> {});
    }

    /**
     * Rows of all pictures, on disk.
     *
     * @param content hash of the pictures
     * @param cache folder of all sets
     * @throws BadInputException if there are other pictures than the source says, or one of them leads to a number that is not finite
     */
    public FeatureSet stored(ImageSource images, String content, Path cache) throws IOException {
        FeatureKey key = key(images, content);
        StoredParts parts = new StoredParts(cache, key);
        extract(images, parts, 0, FeatureParts.count(key.count()));
        return parts.all(images.name(), images.labels());
    }

    /** Number of pieces of a set, which is the most shares that all have some. */
    public static long pieces(long pictures) {
        return (pictures + PIECE - 1) / PIECE;
    }

    /**
     * A share of the rows, on disk: one of several contiguous stretches of parts.
     *
     * @param index of the share, from 0
     * @param count of shares
     * @return number of pictures of the share
     */
    public int share(ImageSource images, String content, Path cache, int index, int count) throws IOException {
        FeatureKey key = key(images, content);
        int parts = FeatureParts.count(key.count());
        int from = (int) ((long) parts * index / count);
        int to = (int) ((long) parts * (index + 1) / count);
        extract(images, new StoredParts(cache, key), from, to);
        return Math.max(0, Math.min(key.count(), FeatureParts.first(to)) - FeatureParts.first(from));
    }

    /**
     * The same pictures for a second network while they are read for another: what passes is put into the parts that this one misses. For pictures that are
     * made while they are read, which would be made twice.
     */
    public ImageSource beside(ImageSource images, String content, Path cache) throws IOException {
        FeatureKey key = key(images, content);
        StoredParts parts = new StoredParts(cache, key);
        List<Integer> missing = parts.missing(0, FeatureParts.count(key.count()));
        if (missing.isEmpty()) {
            return images;
        }
        MissingParts filled = new MissingParts(images.name(), key.count(), opened(images), parts, missing);
        return new WatchedImages(images, (first, batch) -> filled.take(Math.toIntExact(first), batch));
    }

    /** Rows of all pictures in memory, for sets that are known to be small: 4·(D + S + K) + 8 bytes a picture, twice for a moment. */
    public FeatureSet inMemory(ImageSource images, String content) throws IOException {
        FeatureKey key = key(images, content);
        MemoryParts parts = new MemoryParts();
        extract(images, parts, 0, FeatureParts.count(key.count()));
        return parts.all(images.name(), key, images.labels());
    }

    private FeatureKey key(ImageSource images, String content) {
        if (images.count() < 2 || images.count() > Integer.MAX_VALUE - FeatureParts.ROWS) {
            throw wrongCount(images, images.count(), "2 or more, since metrics compare sets");
        }
        return new FeatureKey(network.identity(), content, (int) images.count());
    }

    private FeatureNetwork opened(ImageSource images) throws IOException {
        FeatureNetwork running = network.get();
        running.requireShape(images.name(), images.shape());
        before.accept(running);
        return running;
    }

    private void extract(ImageSource images, FeatureParts parts, int from, int to) throws IOException {
        List<Integer> missing = parts.missing(from, to);
        if (missing.isEmpty()) {
            return;
        }
        int count = (int) images.count();
        MissingParts filled = new MissingParts(images.name(), count, opened(images), parts, missing);
        int wanted = missing.stream()
                .mapToInt(part -> FeatureParts.rows(part, count))
                .sum();
        int all = Math.min(count, FeatureParts.first(to)) - FeatureParts.first(from);
        int done = all - wanted;
        try (Progress.Task task = progress.start("features of " + images.name(), all, done, "pictures")) {
            for (int at = 0; at < missing.size(); ) {
                int end = at + 1;
                while (end < missing.size() && missing.get(end) == missing.get(end - 1) + 1) {
                    end++;
                }
                Stretch stretch = new Stretch(images, filled, missing.get(at), missing.get(end - 1) + 1, task, done);
                stretch.run();
                done = stretch.done;
                at = end;
            }
        }
    }

    private static BadInputException wrongCount(ImageSource images, long found, String expected) {
        return BadInputException.at(images.name())
                .found(found + " pictures")
                .expected(expected)
                .build();
    }

    /** Smaller for pictures of many megabytes. */
    private static int batch(ImageShape shape) {
        int batch = BATCH;
        while (batch > LEAST_BATCH && (long) batch * shape.bytes() > BATCH_BYTES) {
            batch /= 2;
        }
        return batch;
    }

    /** Neighbouring parts that are missing. */
    private static final class Stretch {
        private final ImageSource images;
        private final MissingParts parts;
        private final Progress.Task task;
        private final int count;
        private final int end;
        private int done;
        private int picture;

        Stretch(ImageSource images, MissingParts parts, int from, int end, Progress.Task task, int done) {
            this.images = images;
            this.parts = parts;
            this.task = task;
            this.done = done;
            this.count = (int) images.count();
            this.picture = FeatureParts.first(from);
            this.end = Math.min(count, FeatureParts.first(end));
        }

        void run() throws IOException {
            images.forEachBatch(picture, batch(images.shape()), this::take);
            if (picture < end) {
                throw wrongCount(images, picture, count + " as it says of itself");
            }
        }

        private boolean take(ImageBatch batch) {
            if (picture == end) {
                // Parts are whole batches; only pictures beyond the promised number come here.
                throw wrongCount(images, picture + batch.count(), count + " as it says of itself");
            }
            parts.take(picture, batch);
            picture += batch.count();
            done += batch.count();
            task.advanceTo(done);
            return picture < end || end == count;
        }
    }
}
