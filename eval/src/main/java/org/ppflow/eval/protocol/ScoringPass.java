package org.ppflow.eval.protocol;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.ImageFeatures;
import org.ppflow.eval.images.FixedBatches;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.statistics.MomentAccumulator;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;

/**
 * Reads a source once and keeps what all metrics need. Memory: one batch of pictures, and 4·(features + classes) + 8 bytes a
 * picture, twice that while the pieces are joined at the end.
 */
final class ScoringPass {
    private final ImageSource source;
    private final FeatureNetwork network;
    private final MomentAccumulator moments;
    private final List<FloatArray> features = new ArrayList<>();
    private final List<FloatArray> probabilities = new ArrayList<>();
    private final List<long[]> keys = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private int count;
    private int flat;
    private boolean onlyZeroAndOne = true;

    private ScoringPass(ImageSource source, FeatureNetwork network) {
        this.source = source;
        this.network = network;
        this.moments = new MomentAccumulator(network.featureSize());
    }

    static ScoredSet run(ImageSource source, FeatureNetwork network, Progress progress) throws IOException {
        network.requireFits(source.format(), source.name());
        ScoringPass pass = new ScoringPass(source, network);
        try (FixedBatches batches = new FixedBatches(source, network.batchSize());
                Progress.Task task = progress.start(
                        "features of " + source.name(), source.count().orElse(0), "images")) {
            for (Optional<ImageBatch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                pass.add(batch.get());
                task.advanceTo(pass.count);
            }
        }
        return pass.finish();
    }

    private void add(ImageBatch batch) {
        look(batch);
        ImageFeatures described = network.describe(batch);
        requireFinite(described.features(), "feature");
        requireFinite(described.probabilities(), "class probability");
        moments.add(described.features());
        features.add(described.features());
        probabilities.add(described.probabilities());
        if (batch.labels() != null) {
            requireKnown(batch.labels());
            labels.add(batch.labels());
        }
        count += batch.count();
    }

    /** What pixels alone tell. */
    private void look(ImageBatch batch) {
        int bytes = batch.format().bytes();
        long[] batchKeys = new long[batch.count()];
        for (int i = 0; i < batchKeys.length; i++) {
            batchKeys[i] = Hashing.murmur3_128()
                    .hashBytes(batch.pixels(), i * bytes, bytes)
                    .asLong();
            flat += isFlat(batch.pixels(), i * bytes, bytes) ? 1 : 0;
        }
        keys.add(batchKeys);
        for (byte pixel : batch.pixels()) {
            onlyZeroAndOne &= pixel == 0 || pixel == 1;
        }
    }

    private ScoredSet finish() {
        if (count < 2) {
            throw BadInputException.at(source.name())
                    .found(count == 0 ? "no images" : "1 image")
                    .expected("2 or more, since metrics compare sets")
                    .build();
        }
        long promised = source.count().orElse(count);
        if (promised != count) {
            throw BadInputException.at(source.name())
                    .found(count + " images")
                    .expected(promised + " as it says of itself")
                    .build();
        }
        long[] allKeys = keys.stream().flatMapToLong(Arrays::stream).toArray();
        long[] sorted = allKeys.clone();
        Arrays.sort(sorted);
        ImageFeatures described = new ImageFeatures(join(features), join(probabilities));
        return new ScoredSet(
                source.name(),
                source.format(),
                contentHash(sorted),
                network.contentHash(),
                described,
                moments.snapshot(),
                allKeys,
                allLabels(),
                findings(sorted));
    }

    private int @Nullable [] allLabels() {
        return labels.isEmpty()
                ? null
                : labels.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private List<Finding> findings(long[] sortedKeys) {
        List<Finding> findings = new ArrayList<>();
        int duplicates = 0;
        for (int i = 1; i < sortedKeys.length; i++) {
            duplicates += sortedKeys[i] == sortedKeys[i - 1] ? 1 : 0;
        }
        if (duplicates > 0) {
            findings.add(new Finding(
                    "duplicates", duplicates + " of " + count + " images have the same pixels as another one"));
        }
        if (onlyZeroAndOne) {
            findings.add(new Finding("pixel_range", "every pixel is 0 or 1; 0 to 255 is wanted"));
        } else if (flat > 0) {
            findings.add(new Finding("flat_images", flat + " of " + count + " images are of one colour"));
        }
        return findings;
    }

    private void requireFinite(FloatArray rows, String what) {
        for (int i = 0; i < rows.values().length; i++) {
            if (!Float.isFinite(rows.values()[i])) {
                throw BadInputException.at(source.name() + ", image " + (count + i / rows.rowSize()))
                        .found(what + " " + i % rows.rowSize() + " is " + rows.values()[i])
                        .expected("finite numbers from network " + network.name())
                        .build();
            }
        }
    }

    private void requireKnown(int... batchLabels) {
        for (int i = 0; i < batchLabels.length; i++) {
            if (batchLabels[i] >= network.classCount()) {
                throw BadInputException.at(source.name() + ", image " + (count + i))
                        .found("label " + batchLabels[i])
                        .expected("0 to " + (network.classCount() - 1) + ", the classes of network " + network.name())
                        .build();
            }
        }
    }

    private String contentHash(long... sortedKeys) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * sortedKeys.length);
        bytes.asLongBuffer().put(sortedKeys);
        return Sha256.of(source.format() + ":" + Sha256.of(bytes.array()));
    }

    private static boolean isFlat(byte[] pixels, int start, int length) {
        for (int i = 1; i < length; i++) {
            if (pixels[start + i] != pixels[start]) {
                return false;
            }
        }
        return true;
    }

    private static FloatArray join(List<FloatArray> pieces) {
        int rows = pieces.stream().mapToInt(FloatArray::rows).sum();
        FloatArray whole = FloatArray.zeros(rows, pieces.get(0).rowSize());
        int position = 0;
        for (FloatArray piece : pieces) {
            System.arraycopy(piece.values(), 0, whole.values(), position, piece.values().length);
            position += piece.values().length;
        }
        return whole;
    }
}
