package org.ppflow.eval.linear;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * The native library, loaded once, and its threads.
 *
 * <p>OpenBLAS has a pool of its own, apart from TensorFlow's, and lets callers wait for each other: one operation at a time
 * uses all its threads. At exit the process waits for the call at hand, and no other starts: a process that is asked to end
 * (SIGTERM) does so in order, after the call at hand, seconds on a quiet machine.
 */
public final class OpenBlas {
    static {
        NativeCalls.shutAtExit();
        Loader.load(openblas.class);
        // The binding does not know the number before it has set one.
        NativeCalls.run(() -> openblas.blas_set_num_threads(Runtime.getRuntime().availableProcessors()));
    }

    private OpenBlas() {}

    /** Threads of an operation; at first as many as this JVM has processors, whatever {@code OPENBLAS_NUM_THREADS} says. */
    public static int threads() {
        return NativeCalls.info(openblas::blas_get_num_threads);
    }

    /**
     * Sets the threads of every operation from now on, in the whole process.
     *
     * @param count at least 1; more than there are cores does not pay
     */
    public static void setThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads: " + count + " must be at least 1");
        }
        NativeCalls.run(() -> openblas.blas_set_num_threads(count));
    }

    /** Starts the library: called by whatever makes matrices or works on arrays. */
    static void load() {
        // Running the static initialiser is all.
    }
}
