package org.ppflow.app.load;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * The clocks that Linux keeps under {@code /proc} and, of a container with a quota, under {@code /sys/fs/cgroup} (versions 1 and 2). Java's own loads of system and process would
 * not do: in a container they are over the quota where it has one and over the machine where not, and know nothing of what other containers take.
 *
 * @param root of the file system
 * @param usable processors by quota and affinity, as Java counts them
 * @param wall seconds
 * @param own seconds of this process on processors; below 0 where Java does not know
 */
record LinuxProcessors(Path root, int usable, DoubleSupplier wall, DoubleSupplier own) implements ProcessorClock {
    private static final double NANOSECONDS = 1e9;
    private static final double MICROSECONDS = 1e6;

    /** Of the times in {@code /proc/stat}: USER_HZ, which Linux gives programs as 100 on every architecture that Java runs on. */
    private static final double TICKS = 100;

    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Fields of a processor in {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal; guests are in user already. */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

    static LinuxProcessors ofThisProcess() {
        return new LinuxProcessors(
                Path.of("/"),
                Runtime.getRuntime().availableProcessors(),
                () -> System.nanoTime() / NANOSECONDS,
                LinuxProcessors::processSeconds);
    }

    private static double processSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / NANOSECONDS
                : -1;
    }

    @Override
    public Optional<Reading> read() {
        try {
            BitSet allowed = allowed();
            double ownSeconds = own.getAsDouble();
            double wallSeconds = wall.getAsDouble();
            long ticks = 0;
            int found = 0;
            for (String line : Files.readAllLines(root.resolve("proc/stat"))) {
                List<String> words = WORDS.splitToList(line);
                if (words.get(0).matches("cpu\\d+")
                        && allowed.get(Integer.parseInt(words.get(0).substring(3)))) {
                    found++;
                    for (int field : BUSY) {
                        ticks += Long.parseLong(words.get(field));
                    }
                }
            }
            if (found == 0 || ownSeconds < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Reading(wallSeconds, ownSeconds, ticks / TICKS, group(), found, Math.min(usable, found)));
        } catch (IOException | RuntimeException e) { // not Linux, or a sandbox that shows none or less of this
            return Optional.empty();
        }
    }

    /** Processors that this process may run on: those of its affinity, which a cgroup's set of processors narrows. */
    private BitSet allowed() throws IOException {
        BitSet allowed = new BitSet();
        for (String line : Files.readAllLines(root.resolve("proc/self/status"))) {
            if (line.startsWith(ALLOWED)) {
                for (String range :
                        Splitter.on(',').split(line.substring(ALLOWED.length()).strip())) {
                    List<String> ends = Splitter.on('-').splitToList(range);
                    allowed.set(Integer.parseInt(ends.get(0)), Integer.parseInt(ends.get(ends.size() - 1)) + 1);
                }
            }
        }
        return allowed;
    }

    /** Of all that share the quota, where it is set on the process's own cgroup. */
    private OptionalDouble group() {
        Path groups = root.resolve("sys/fs/cgroup");
        List<Path> places = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
                List<String> parts = Splitter.on(':').limit(3).splitToList(line);
                if (parts.get(1).isEmpty() || List.of(parts.get(1).split(",")).contains("cpu")) {
                    places.add(groups.resolve(parts.get(1))
                            .resolve("." + parts.get(2))
                            .normalize());
                    places.add(groups.resolve(parts.get(1))); // where a container sees its own group as the root
                }
            }
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
        for (Path place : places) {
            try {
                OptionalDouble found = hasQuota(place) ? seconds(place, groups) : OptionalDouble.empty();
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException | RuntimeException e) {
                // Not this one.
            }
        }
        return OptionalDouble.empty();
    }

    private static boolean hasQuota(Path group) throws IOException {
        Path second = group.resolve("cpu.max");
        if (Files.exists(second)) {
            return !Files.readString(second).startsWith("max");
        }
        Path first = group.resolve("cpu.cfs_quota_us");
        return Files.exists(first) && Long.parseLong(Files.readString(first).strip()) > 0;
    }

    private static OptionalDouble seconds(Path group, Path groups) throws IOException {
        Path second = group.resolve("cpu.stat");
        for (String line : Files.readAllLines(second)) {
            List<String> words = WORDS.splitToList(line);
            if (words.get(0).equals("usage_usec")) {
                return OptionalDouble.of(Long.parseLong(words.get(1)) / MICROSECONDS);
            }
        }
        // Version 1 keeps it beside the quota, or under a controller of its own.
        for (Path place : List.of(
                group, groups.resolve("cpuacct").resolve(groups.resolve("cpu").relativize(group)))) {
            Path first = place.resolve("cpuacct.usage");
            if (Files.exists(first)) {
                return OptionalDouble.of(Long.parseLong(Files.readString(first).strip()) / NANOSECONDS);
            }
        }
        return OptionalDouble.empty();
    }
}
