package org.ppflow.data.loader;

import com.google.common.base.Throwables;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Loads the steps to come while the one at hand is trained on. What is loaded is a pure function of the step, so nothing changes but the waiting; a
 * jump to another step forgets what was loaded and begins there. In memory: {@code ahead} results beside the one handed out. For one consumer.
 *
 * @param <T> what is loaded
 */
public final class ReadAhead<T> implements AutoCloseable {
    private final LongFunction<T> load;
    private final Consumer<? super T> dispose;
    private final int ahead;
    private final ExecutorService threads;
    private final Deque<CompletableFuture<T>> loading = new ArrayDeque<>();
    private long next;

    /** Whose steps are wanted; what was started for another is not loaded. */
    private volatile Object sequence = new Object();

    /**
     * Starts nothing yet: the first {@link #take} does.
     *
     * @param load the result of a step; called by several threads
     * @param dispose frees a result that nobody took
     * @param threads that load, at least 1
     * @param ahead results loaded in advance, at least 1
     */
    public ReadAhead(LongFunction<T> load, Consumer<? super T> dispose, int threads, int ahead) {
        if (threads < 1 || ahead < 1) {
            throw new IllegalArgumentException(threads + " threads, " + ahead + " steps ahead: at least 1 of each");
        }
        this.load = load;
        this.dispose = dispose;
        this.ahead = ahead;
        this.threads = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "ppflow-loader");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The result of a step, the caller's from here on; what loading it threw is thrown. */
    public T take(long step) {
        if (loading.isEmpty() || step != next) {
            forget();
            next = step;
        }
        while (loading.size() <= ahead) {
            long wanted = next + loading.size();
            Object current = sequence;
            loading.add(CompletableFuture.supplyAsync(
                    () -> {
                        if (sequence != current) {
                            throw new CancellationException("step " + wanted + " is no longer wanted");
                        }
                        return load.apply(wanted);
                    },
                    threads));
        }
        CompletableFuture<T> first = loading.remove();
        next = step + 1;
        try {
            return first.get();
        } catch (InterruptedException e) {
            discard(first);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while loading step " + step);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Throwables.throwIfUnchecked(cause);
            throw new IllegalStateException(cause);
        }
    }

    private void forget() {
        sequence = new Object();
        loading.forEach(this::discard);
        loading.clear();
    }

    /** Frees a result when it is there: a thread may just be writing to its memory. */
    private void discard(CompletableFuture<T> future) {
        var unused = future.thenAccept(dispose);
    }

    @Override
    public void close() {
        forget();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a loader thread does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
