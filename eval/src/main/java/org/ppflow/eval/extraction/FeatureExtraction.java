package org.ppflow.eval.extraction;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

/**
 * The one pass of a network over pictures. Parts that are there already are passed over, so a pass that was killed goes on, and shards of several
 * processes are one set. Memory: a batch of pictures and one part.
 *
 * @param network opened only where a part is missing
 * @param progress of the pass
 */
public record FeatureExtraction(LazyNetwork network, Progress progress) {
    private static final int BATCH = 64;
    private static final HashFunction PIXELS = Hashing.murmur3_128();

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

    /** Rows of all pictures in memory, for sets that are known to be small: 4·(D + S + K) + 8 bytes a picture, twice for a moment. */
    public FeatureSet inMemory(ImageSource images, String content) throws IOException {
        FeatureKey key = key(images, content);
        MemoryParts parts = new MemoryParts();
        extract(images, parts, 0, FeatureParts.count(key.count()));
        return parts.all(images.name(), key, images.labels());
    }

    /** Whether all rows are on disk. */
    public boolean isComplete(ImageSource images, String content, Path cache) {
        FeatureKey key = key(images, content);
        return new StoredParts(cache, key)
                .missing(0, FeatureParts.count(key.count()))
                .isEmpty();
    }

    private FeatureKey key(ImageSource images, String content) {
        if (images.count() < 2 || images.count() > Integer.MAX_VALUE) {
            throw wrongCount(images, images.count(), "2 or more, since metrics compare sets");
        }
        return new FeatureKey(network.identity(), content, (int) images.count());
    }

    private void extract(ImageSource images, FeatureParts parts, int from, int to) throws IOException {
        List<Integer> missing = parts.missing(from, to);
        if (missing.isEmpty()) {
            return;
        }
        FeatureNetwork running = network.get();
        running.requireShape(images.name(), images.shape());
        int count = (int) images.count();
        int wanted = missing.stream()
                .mapToInt(part -> FeatureParts.rows(part, count))
                .sum();
        int all = Math.min(count, FeatureParts.first(to)) - FeatureParts.first(from);
        int before = all - wanted;
        try (Progress.Task task = progress.start("features of " + images.name(), all, before, "pictures")) {
            int done = before;
            for (int at = 0; at < missing.size(); ) {
                int end = at + 1;
                while (end < missing.size() && missing.get(end) == missing.get(end - 1) + 1) {
                    end++;
                }
                Stretch stretch =
                        new Stretch(images, running, parts, missing.get(at), missing.get(end - 1) + 1, task, done);
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

    /** Neighbouring parts that are missing. */
    private static final class Stretch {
        private final ImageSource images;
        private final FeatureNetwork network;
        private final FeatureParts parts;
        private final int end;
        private final Progress.Task task;
        private final int count;
        private int done;
        private int part;
        private int picture;
        private Gathering gathering;

        Stretch(
                ImageSource images,
                FeatureNetwork network,
                FeatureParts parts,
                int from,
                int end,
                Progress.Task task,
                int done) {
            this.images = images;
            this.network = network;
            this.parts = parts;
            this.end = end;
            this.task = task;
            this.done = done;
            this.count = (int) images.count();
            this.part = from;
            this.picture = FeatureParts.first(from);
            this.gathering = new Gathering(images.name(), network, picture, FeatureParts.rows(from, count));
        }

        void run() throws IOException {
            images.forEachBatch(picture, BATCH, this::take);
            if (part < end) {
                throw wrongCount(images, picture, count + " as it says of itself");
            }
        }

        private boolean take(ImageBatch batch) {
            if (part == end) {
                // Parts are whole batches; only pictures beyond the promised number come here.
                throw wrongCount(images, picture + batch.count(), count + " as it says of itself");
            }
            gathering.add(batch, network.extract(batch));
            picture += batch.count();
            done += batch.count();
            task.advanceTo(done);
            if (gathering.isFull()) {
                parts.put(part, gathering.features(), gathering.keys);
                part++;
                if (part < end) {
                    gathering = new Gathering(images.name(), network, picture, FeatureParts.rows(part, count));
                }
            }
            return part < end || end == FeatureParts.count(count);
        }
    }

    /** A part as it grows. */
    private static final class Gathering {
        private final String name;
        private final int first;
        private final FloatArray features;
        private final FloatArray spatial;
        private final FloatArray probabilities;
        private final long[] keys;
        private int filled;

        Gathering(String name, FeatureNetwork network, int first, int rows) {
            this.name = name;
            this.first = first;
            this.features = FloatArray.zeros(rows, network.featureSize());
            this.spatial = FloatArray.zeros(rows, network.spatialSize());
            this.probabilities = FloatArray.zeros(rows, network.classes());
            this.keys = new long[rows];
        }

        boolean isFull() {
            return filled == keys.length;
        }

        Features features() {
            return new Features(features, spatial, probabilities);
        }

        void add(ImageBatch batch, Features extracted) {
            if (filled + batch.count() > keys.length) {
                throw BadInputException.at(name)
                        .found("more than " + (first + keys.length) + " pictures")
                        .expected((first + keys.length) + " as it says of itself")
                        .build();
            }
            append(extracted.features(), features, batch.count(), "feature");
            append(extracted.spatial(), spatial, batch.count(), "spatial feature");
            append(extracted.probabilities(), probabilities, batch.count(), "class probability");
            int bytes = batch.shape().bytes();
            for (int i = 0; i < batch.count(); i++) {
                keys[filled + i] =
                        PIXELS.hashBytes(batch.pixels(), i * bytes, bytes).asLong();
            }
            filled += batch.count();
        }

        /** A row too few would give every later picture the features of its neighbour. */
        private void append(FloatArray rows, FloatArray all, int count, String what) {
            if (rows.rows() != count || rows.rowSize() != all.rowSize()) {
                throw new IllegalStateException(
                        "a network gave " + rows + " for " + count + " pictures, expected rows of " + all.rowSize());
            }
            float[] values = rows.values();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw BadInputException.at(name + ", picture " + (first + filled + i / rows.rowSize()))
                            .found(what + " " + i % rows.rowSize() + " is " + values[i])
                            .expected("finite numbers")
                            .advice("check the picture and the network's weights")
                            .build();
                }
            }
            System.arraycopy(values, 0, all.values(), filled * all.rowSize(), values.length);
        }
    }
}
