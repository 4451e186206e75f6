package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ppflow.app.report.PictureGrid;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.neighbours.NearestNeighbours;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.progress.Progress;

/**
 * The pictures of a set that samples look like most, side by side: each row of the grid is a sample and its nearest pictures by feature. Reads the set's
 * pictures once more; in memory are those that are drawn.
 *
 * @param samples how many samples are shown, evenly spread over all
 * @param neighbours of each
 */
record NearestPictures(int samples, int neighbours) {
    private static final int BATCH = 64;

    /** Of the grid, which is in memory twice. */
    private static final long MAX_BYTES = 256 << 20;

    NearestPictures {
        if (samples < 1 || neighbours < 1 || samples > 1000 || neighbours > 50) {
            throw BadInputException.at("--nearest " + samples)
                    .found("too small or too large a number")
                    .expected("1 to 1000 samples")
                    .build();
        }
    }

    /**
     * Whether pictures can stand side by side.
     *
     * @throws BadInputException if they are of two sizes, or too many to be drawn
     */
    void requireFit(ImageShape shown, ImageShape set) {
        if (!shown.equals(set)) {
            throw BadInputException.at("--nearest " + samples)
                    .found("samples of " + shown + " beside pictures of " + set)
                    .expected("one size, to stand side by side")
                    .build();
        }
        long bytes = (long) samples * (neighbours + 1) * shown.bytes();
        if (bytes > MAX_BYTES) {
            throw BadInputException.at("--nearest " + samples)
                    .found(samples * (neighbours + 1) + " pictures of " + shown)
                    .expected("at most " + Math.max(1, MAX_BYTES / shown.bytes() / (neighbours + 1)) + " samples")
                    .build();
        }
    }

    /** Some rows of others. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chosen(FeatureRows all, int[] rows) implements FeatureRows {
        @Override
        public int count() {
            return rows.length;
        }

        @Override
        public int size() {
            return all.size();
        }

        @Override
        public void read(int first, int count, float[] target, int offset) {
            for (int i = 0; i < count; i++) {
                all.read(rows[first + i], 1, target, offset + i * size());
            }
        }
    }

    /** Searches, draws the grid and prints the distances. */
    void draw(
            ImageSource shown,
            FeatureSet shownFeatures,
            ImageSource set,
            FeatureSet setFeatures,
            Path grid,
            PrintWriter out,
            Progress progress)
            throws IOException {
        requireFit(shown.shape(), set.shape());
        int count = Math.min(samples, shownFeatures.count());
        int beside = Math.min(neighbours, setFeatures.count());
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> (int) ((long) shownFeatures.count() * i / count));
        NearestNeighbours found = NearestNeighbours.of(
                new Chosen(shownFeatures.features(), rows), setFeatures.features(), beside, progress);
        Map<Integer, byte[]> left = pick(shown, rows);
        Map<Integer, byte[]> right = pick(
                set, Arrays.stream(found.indices()).flatMapToInt(Arrays::stream).toArray());
        int bytes = shown.shape().bytes();
        byte[] pixels = new byte[Math.multiplyExact(count * (beside + 1), bytes)];
        int at = 0;
        for (int i = 0; i < count; i++) {
            System.arraycopy(left.getOrDefault(rows[i], new byte[bytes]), 0, pixels, bytes * at++, bytes);
            StringBuilder line = new StringBuilder("sample " + rows[i] + ": nearest");
            for (int j = 0; j < beside; j++) {
                int index = found.indices()[i][j];
                System.arraycopy(right.getOrDefault(index, new byte[bytes]), 0, pixels, bytes * at++, bytes);
                line.append(String.format(Locale.ROOT, " %d (%.3f)", index, Math.sqrt(found.squaredDistances()[i][j])));
            }
            out.println(line);
        }
        out.flush();
        byte[] png = PictureGrid.png(
                pixels,
                shown.shape().height(),
                shown.shape().width(),
                shown.shape().channels(),
                beside + 1);
        AtomicFiles.write(grid, stream -> stream.write(png));
    }

    private static Map<Integer, byte[]> pick(ImageSource images, int... wanted) throws IOException {
        int[] sorted = Arrays.stream(wanted).distinct().sorted().toArray();
        Map<Integer, byte[]> picked = new TreeMap<>();
        int bytes = images.shape().bytes();
        int[] next = {sorted[0]};
        images.forEachBatch(sorted[0], BATCH, batch -> {
            for (int i = 0; i < batch.count(); i++) {
                if (Arrays.binarySearch(sorted, next[0]) >= 0) {
                    picked.put(next[0], Arrays.copyOfRange(batch.pixels(), i * bytes, (i + 1) * bytes));
                }
                next[0]++;
            }
            return next[0] <= sorted[sorted.length - 1];
        });
        return picked;
    }
}
