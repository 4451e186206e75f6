package org.ppflow.notebook.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.run.StopSignal;

/**
 * The thread that cells run on, apart from those that speak with Jupyter, so that an interrupt reaches a cell and nothing else. Trainings are asked to stop and save; other work
 * ends at its next report of progress; what sleeps or waits is woken. A loop that does none of these goes on until the kernel is restarted: Java has no way to stop it.
 */
final class CellThread {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "cell");
        thread.setDaemon(true);
        this.thread = thread;
        return thread;
    });
    private volatile @Nullable Thread thread;
    private final Object lock = new Object();
    private boolean running;
    private volatile boolean interrupted;

    /**
     * Runs work and waits for it.
     *
     * @throws ExecutionException with what it threw
     */
    <T> T run(Callable<T> work) throws ExecutionException {
        Future<T> future = executor.submit(() -> {
            begin();
            try {
                return work.call();
            } finally {
                end();
            }
        });
        boolean woken = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    woken = true;
                }
            }
        } finally {
            if (woken) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void begin() {
        synchronized (lock) {
            running = true;
            interrupted = false;
        }
    }

    private void end() {
        synchronized (lock) {
            running = false;
            // An interrupt that came too late must not meet the next cell.
            interrupted |= Thread.interrupted();
        }
    }

    /** Asks the work that runs to end; nothing where none runs. */
    void interrupt() {
        synchronized (lock) {
            if (!running) {
                return;
            }
            interrupted = true;
            if (StopSignal.isHeard()) {
                // Waking it would cut the writing of its checkpoint short.
                StopSignal.request();
            } else if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Whether the work that runs has been asked to end. */
    boolean interrupted() {
        return interrupted;
    }
}
