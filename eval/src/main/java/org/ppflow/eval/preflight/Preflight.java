package org.ppflow.eval.preflight;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;

/**
 * Looks at every pixel of a set once, before any network runs, or, for pictures that are made as they are scored, beside it. Hashes on several threads. In
 * memory: 8 bytes a picture, and twice as many batches as threads.
 */
public final class Preflight implements AutoCloseable {
    private static final int BATCH_BYTES = 4 << 20;
    private static final int MAX_THREADS = 4;
    private static final int MAX_PIXEL = 255;

    private final String name;
    private final ImageShape shape;
    private final ExecutorService threads;
    private final int inFlight;
    private final Deque<CompletableFuture<PixelScan>> scans = new ArrayDeque<>();
    private final MessageDigest content = Sha256.digest();
    private final List<long[]> keys = new ArrayList<>();
    private int count;
    private int low = MAX_PIXEL;
    private int high;
    private boolean coloured;
    private int oneColour;
    private int firstOneColour = -1;

    /** Begins with no picture. */
    public Preflight(String name, ImageShape shape) {
        this.name = name;
        this.shape = shape;
        int cores = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        this.inFlight = 2 * cores;
        this.threads = Executors.newFixedThreadPool(cores, work -> {
            Thread thread = new Thread(work, "ppflow-preflight");
            thread.setDaemon(true);
            return thread;
        });
        content.update((shape + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a whole source.
     *
     * @throws BadInputException what reading throws; or if there are not as many pictures as the source says
     */
    public static PreflightReport of(ImageSource images, Progress progress) throws IOException {
        int batch = Math.max(1, BATCH_BYTES / images.shape().bytes());
        try (Preflight preflight = new Preflight(images.name(), images.shape());
                Progress.Task task = progress.start("preflight of " + images.name(), images.count(), "pictures")) {
            long[] read = new long[1];
            images.forEachBatch(0, batch, pictures -> {
                preflight.add(pictures);
                read[0] += pictures.count();
                task.advanceTo(read[0]);
                return true;
            });
            if (read[0] != images.count()) {
                throw BadInputException.at(images.name())
                        .found(read[0] + " pictures")
                        .expected(images.count() + " as it says of itself")
                        .build();
            }
            return preflight.report(images.labels());
        }
    }

    /** Adds pictures in the set's order. Their bytes are read until the report is made, and must not change. */
    public void add(ImageBatch pictures) {
        if (!pictures.shape().equals(shape)) {
            throw new IllegalArgumentException("pictures of " + pictures.shape() + " among those of " + shape);
        }
        boolean rangeKnown = low == 0 && high == MAX_PIXEL;
        boolean colourKnown = coloured;
        scans.add(CompletableFuture.supplyAsync(() -> PixelScan.of(pictures, rangeKnown, colourKnown), threads));
        while (scans.size() > inFlight) {
            merge(scans.remove());
        }
    }

    private void merge(CompletableFuture<PixelScan> scan) {
        PixelScan done;
        try {
            done = scan.join();
        } catch (CompletionException e) {
            Throwables.throwIfUnchecked(e.getCause() == null ? e : e.getCause());
            throw e;
        }
        content.update(done.digests());
        if (firstOneColour < 0 && done.firstOneColour() >= 0) {
            firstOneColour = count + done.firstOneColour();
        }
        keys.add(done.keys());
        count = Math.addExact(count, done.keys().length);
        low = Math.min(low, done.low());
        high = Math.max(high, done.high());
        coloured |= done.coloured();
        oneColour += done.oneColour();
    }

    /**
     * What all pictures told; nothing can be added afterwards.
     *
     * @param labels class of each, where known
     * @throws BadInputException if there was no picture, or there are not as many labels
     */
    public PreflightReport report(Optional<int[]> labels) {
        while (!scans.isEmpty()) {
            merge(scans.remove());
        }
        if (count == 0 || (labels.isPresent() && labels.get().length != count)) {
            throw BadInputException.at(name)
                    .found(count == 0 ? "no images" : labels.orElseThrow().length + " labels of " + count + " pictures")
                    .expected(count == 0 ? "at least one" : "one each")
                    .build();
        }
        long[] all = keys.stream().flatMapToLong(Arrays::stream).toArray();
        return new PreflightReport(
                name,
                shape,
                count,
                Sha256.hex(content.digest()),
                all,
                Repeats.within(all),
                oneColour,
                firstOneColour,
                low,
                high,
                shape.channels() > 1 && !coloured,
                labels.map(classes -> ClassOrder.of(classes, ClassOrder.ADM_SPLIT_SIZE)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
