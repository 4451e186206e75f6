package org.ppflow.nn.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The most memory that this process has held so far, Java and native. */
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String KEY = "VmHWM:";
    private static final double KIB_PER_MB = 1024;

    private PeakMemory() {}

    /** MiB; null where the system does not say (it does on Linux). */
    public static @Nullable Double megabytes() {
        if (!Files.isReadable(STATUS)) {
            return null;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(KEY)) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MB;
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
