package org.ppflow.nn.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine and Java that a number was made on.
 *
 * @param java version and vendor: {@code 17.0.15 (Debian)}
 * @param os name and version
 * @param architecture as Java calls it: {@code amd64}
 * @param processor model as the system calls it, or {@code unknown}
 * @param cores processors that Java may use, at least 1
 */
public record Machine(String java, String os, String architecture, String processor, int cores) {
    private static final String UNKNOWN = "unknown";

    public Machine {
        if (cores < 1) {
            throw new IllegalArgumentException("cores " + cores + " must be at least 1");
        }
    }

    /** This one. */
    public static Machine current() {
        return new Machine(
                property("java.version") + " (" + property("java.vendor") + ")",
                property("os.name") + " " + property("os.version"),
                property("os.arch"),
                processorModel(),
                Runtime.getRuntime().availableProcessors());
    }

    private static String property(String key) {
        return System.getProperty(key, UNKNOWN);
    }

    private static String processorModel() {
        return cpuinfo(Path.of("/proc/cpuinfo"))
                .or(Machine::sysctl)
                .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
                .map(String::strip)
                .filter(model -> !model.isEmpty())
                .orElse(UNKNOWN);
    }

    /** Linux on x86 says {@code model name}; on ARM it often says nothing. */
    static Optional<String> cpuinfo(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name") && line.indexOf(':') >= 0)
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1));
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> sysctl() {
        boolean mac = property("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        return mac ? ShortCommand.run("sysctl", "-n", "machdep.cpu.brand_string") : Optional.empty();
    }
}
