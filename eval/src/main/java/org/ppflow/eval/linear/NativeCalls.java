package org.ppflow.eval.linear;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The door that every call of OpenBLAS goes through. When a process exits, on its own or by SIGTERM, the library frees its
 * buffers, and threads that still work in them would end in a segmentation fault instead. So calls hold a read lock, and a
 * shutdown hook takes the write lock and keeps it: exit waits for the calls at hand, a second or a few on a quiet machine, and further
 * ones wait for the end of the process.
 */
final class NativeCalls {
    /** Fair, so that a thread that makes one call after the other lets the hook come in between. */
    private static final ReentrantReadWriteLock DOOR = new ReentrantReadWriteLock(true);

    private NativeCalls() {}

    /** Has the door shut at exit. Called once, before the library is loaded. */
    static void shutAtExit() {
        Thread hook = new Thread(DOOR.writeLock()::lock, "openblas-exit");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: no call may start.
            hook.start();
            joined(hook);
        }
    }

    /** Makes a call that has a number as its result. */
    static int info(IntSupplier call) {
        DOOR.readLock().lock();
        try {
            return call.getAsInt();
        } finally {
            DOOR.readLock().unlock();
        }
    }

    /** Makes a call that has a result. */
    static <T> T result(Supplier<T> call) {
        DOOR.readLock().lock();
        try {
            return call.get();
        } finally {
            DOOR.readLock().unlock();
        }
    }

    /** Makes a call that has none. */
    static void run(Runnable call) {
        DOOR.readLock().lock();
        try {
            call.run();
        } finally {
            DOOR.readLock().unlock();
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
