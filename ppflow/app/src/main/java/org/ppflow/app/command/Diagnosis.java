package org.ppflow.app.command;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;

/**
 * What a machine has.
 *
 * @param toolkit version and commit of this program
 * @param machine Java, system, processor and cores
 * @param memoryBytes of the machine, or of the container it is
 * @param freeMemoryBytes of these, not in use
 * @param javaHeapBytes most that Java's heap may take; TensorFlow's memory is not in it
 * @param instructionSets those that matter for matrix products, as the system calls them; empty where it does not say
 * @param tensorflow whether it works
 * @param freeDiskBytes where runs are written
 * @param libraries that it computes with, and whose natives
 * @param extensions codecs, solvers and schedules from outside
 * @param notebooks what notebooks need
 * @param interop what the checks with Python need
 */
record Diagnosis(
        Toolkit toolkit,
        Machine machine,
        long memoryBytes,
        long freeMemoryBytes,
        long javaHeapBytes,
        List<String> instructionSets,
        TensorFlowCheck tensorflow,
        long freeDiskBytes,
        String libraries,
        FoundExtensions extensions,
        Readiness notebooks,
        Readiness interop) {
    private static final Set<String> MATRIX_FLAGS = Set.of(
            "avx",
            "avx2",
            "fma",
            "avx512f",
            "avx512_vnni",
            "avx_vnni",
            "avx512_bf16",
            "amx_tile",
            "amx_bf16",
            "amx_int8",
            "asimd",
            "bf16",
            "i8mm",
            "sve",
            "sve2");
    private static final double GIBI = 1L << 30;

    Diagnosis {
        instructionSets = List.copyOf(instructionSets);
    }

    static Diagnosis ofThisMachine(Path disk) throws IOException {
        long memory = 0;
        long freeMemory = 0;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            memory = system.getTotalMemorySize();
            freeMemory = available(system.getFreeMemorySize());
        }
        return new Diagnosis(
                Toolkit.current(),
                Machine.current(),
                memory,
                freeMemory,
                Runtime.getRuntime().maxMemory(),
                instructionSets(Path.of("/proc/cpuinfo")),
                TensorFlowCheck.now(),
                Files.getFileStore(disk.toAbsolutePath()).getUsableSpace(),
                Versions.libraries(),
                FoundExtensions.now(),
                Readiness.ofNotebooks(),
                Readiness.ofInterop());
    }

    /** What programs may still take, as Linux estimates it: page cache counts as free. Elsewhere what is given. */
    private static long available(long otherwise) throws IOException {
        Path memory = Path.of("/proc/meminfo");
        if (!Files.isReadable(memory)) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(memory)) {
            return lines.filter(line -> line.matches("MemAvailable:\\s*\\d+ kB")).findFirst().stream()
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    /** The first processor's {@code flags} (x86) or {@code Features} (ARM), sorted. */
    static List<String> instructionSets(Path cpuinfo) throws IOException {
        if (!Files.isReadable(cpuinfo)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(cpuinfo)) {
            return lines.filter(line -> line.matches("(flags|Features)\\s*:.*")).findFirst().stream()
                    .flatMap(line -> Stream.of(
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
                    .filter(MATRIX_FLAGS::contains)
                    .sorted()
                    .toList();
        }
    }

    /** For people, one line a fact. */
    String text() {
        boolean bf16 = instructionSets.contains("amx_bf16") || instructionSets.contains("avx512_bf16");
        return line("toolkit", Versions.toolkit())
                + line("libraries", libraries)
                + line("system", machine.os() + ", " + machine.architecture())
                + line("processor", machine.processor() + ", " + machine.cores() + " core(s)")
                + line(
                        "instructions",
                        (instructionSets.isEmpty() ? "unknown" : String.join(" ", instructionSets))
                                + (bf16 ? " (bf16 is fast here)" : ""))
                + line("memory", gibi(memoryBytes) + ", " + gibi(freeMemoryBytes) + " free")
                + line("java", machine.java() + ", heap up to " + gibi(javaHeapBytes))
                + line("tensorflow", tensorflow.summary())
                + line("gpu", tensorflow.gpu())
                + line("disk", gibi(freeDiskBytes) + " free here")
                + line("extensions", extensions.summary())
                + line("notebooks", notebooks.text())
                + line("interop", interop.text());
    }

    private static String line(String what, String found) {
        return String.format(Locale.ROOT, "%-13s %s%n", what, found);
    }

    private static String gibi(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
    }
}
