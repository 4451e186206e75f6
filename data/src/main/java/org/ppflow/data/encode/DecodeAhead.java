package org.ppflow.data.encode;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.arrow.SkippedPicture;
import org.ppflow.data.source.LabelledPicture;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureStream;
import org.ppflow.nn.errors.BadInputException;

/**
 * Reads a selection in order on a thread of its own and decodes on several, ahead of whoever takes the pictures; they come in the selection's order
 * whatever the number of threads. In memory: {@code ahead} pictures, decoded or not. For one consumer.
 */
final class DecodeAhead implements AutoCloseable {
    /**
     * A row: its picture, or why there is none.
     *
     * @param picture as the selection frames it
     * @param failure set where it could not be decoded
     */
    record Decoded(
            @Nullable LabelledPicture picture, @Nullable SkippedPicture failure) {}

    private static final Decoded END = new Decoded(null, null);

    private final BlockingQueue<CompletableFuture<Decoded>> rows;
    private final ExecutorService decoders;
    private final Thread reader;

    /** Starts at a row of the selection. */
    DecodeAhead(PictureSelection selection, long fromRow, int threads, int ahead) {
        rows = new ArrayBlockingQueue<>(ahead);
        decoders = Executors.newFixedThreadPool(threads, work -> daemon(work, "ppflow-decode"));
        reader = daemon(() -> read(selection, fromRow), "ppflow-read");
        reader.start();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void read(PictureSelection selection, long fromRow) {
        try (PictureStream stream = selection.open(fromRow)) {
            for (PictureEntry entry = stream.next(); entry != null; entry = stream.next()) {
                PictureEntry undecoded = entry;
                rows.put(CompletableFuture.supplyAsync(() -> decode(undecoded), decoders));
            }
            rows.put(CompletableFuture.completedFuture(END));
        } catch (InterruptedException | RejectedExecutionException e) {
            // Nobody wants the rest.
        } catch (IOException | RuntimeException | Error e) {
            try {
                rows.put(CompletableFuture.failedFuture(e));
            } catch (InterruptedException interrupted) {
                // Nor the error.
            }
        }
    }

    private static Decoded decode(PictureEntry entry) {
        try {
            return new Decoded(entry.decode(), null);
        } catch (BadInputException e) {
            return new Decoded(null, new SkippedPicture(entry.source(), String.valueOf(e.getMessage())));
        }
    }

    /** The next row, or null after the last; what reading threw is thrown. */
    @Nullable
    Decoded next() throws IOException {
        try {
            Decoded next = rows.take().join();
            return next.equals(END) ? null : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while pictures were read", e);
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failed) {
                throw failed;
            }
            if (cause instanceof RuntimeException failed) {
                throw failed;
            }
            if (cause instanceof Error failed) {
                throw failed;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        decoders.shutdown();
        rows.clear();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
