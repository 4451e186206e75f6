package org.ppflow.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files as kernels write them, under another root. */
class LinuxProcessorsTest {
    /** user nice system idle iowait irq softirq steal guest guest_nice. */
    private static final String STAT = """
            cpu  700 0 300 9000 0 0 0 0 0 0
            cpu0 400 10 200 9999 77 5 6 100 50 0
            cpu1 300 0 100 9999 0 0 0 0 0 0
            cpu2 900000 0 0 0 0 0 0 0 0 0
            cpu3 0 0 0 0 0 0 0 0 0 0
            intr 12345 0 0
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void makeMachine() throws IOException {
        write("proc/stat", STAT);
        write("proc/self/status", "Name:\tjava\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\nMems_allowed:\t1\n");
        write("proc/self/cgroup", "0::/\n");
    }

    /** 400 + 10 + 200 + 5 + 6 + 100 ticks of the first, 400 of the second; guests are in user already, waiting is idle. */
    @Test
    void read_countsTheBusyTimeOfTheProcessorsThatWeMayRunOn() {
        assertThat(read(2)).hasValue(new ProcessorClock.Reading(123, 4.5, 11.21, OptionalDouble.empty(), 2, 2));
    }

    @Test
    void allowedProcessors_areListsOfRanges() throws IOException {
        write("proc/self/status", "Cpus_allowed_list:\t0,2-3\n");

        assertThat(read(8).orElseThrow().allowed()).isEqualTo(3);
        assertThat(read(8).orElseThrow().usable()).isEqualTo(3);
    }

    @Test
    void group_isReadWhereTheSecondVersionHasAQuota() throws IOException {
        write("proc/self/cgroup", "0::/box/one\n");
        write("sys/fs/cgroup/box/one/cpu.max", "100000 100000\n");
        write("sys/fs/cgroup/box/one/cpu.stat", "usage_usec 2500000\nuser_usec 1\n");

        assertThat(read(1).orElseThrow().group()).hasValue(2.5);

        write("sys/fs/cgroup/box/one/cpu.max", "max 100000\n");

        assertThat(read(1).orElseThrow().group()).isEmpty();
    }

    /** A container that sees its own group as the root has a path there that it cannot follow. */
    @Test
    void group_isLookedForAtTheRootToo() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/docker-12.scope\n");
        write("sys/fs/cgroup/cpu.max", "50000 100000\n");
        write("sys/fs/cgroup/cpu.stat", "usage_usec 1000000\n");

        assertThat(read(1).orElseThrow().group()).hasValue(1);
    }

    @Test
    void group_isReadWhereTheFirstVersionHasAQuota() throws IOException {
        write("proc/self/cgroup", "4:memory:/box\n2:cpu,cpuacct:/box\n");
        write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "200000\n");
        write("sys/fs/cgroup/cpu,cpuacct/box/cpu.stat", "nr_periods 0\nnr_throttled 0\n");
        write("sys/fs/cgroup/cpu,cpuacct/box/cpuacct.usage", "3500000000\n");

        assertThat(read(2).orElseThrow().group()).hasValue(3.5);
    }

    @Test
    void group_ofTheFirstVersionMayBeUnderAControllerOfItsOwn() throws IOException {
        write("proc/self/cgroup", "2:cpuacct:/box\n1:cpu:/box\n");
        write("sys/fs/cgroup/cpu/box/cpu.cfs_quota_us", "200000\n");
        write("sys/fs/cgroup/cpu/box/cpu.stat", "nr_periods 0\n");
        write("sys/fs/cgroup/cpuacct/box/cpuacct.usage", "1500000000\n");

        assertThat(read(2).orElseThrow().group()).hasValue(1.5);
    }

    @Test
    void whatASandboxHides_isNoFigureAndNoFailure() throws IOException {
        write("proc/stat", "cpu  0 0 0\n");
        assertThat(read(2)).isEmpty();

        write("proc/stat", "cpu0 what\n");
        assertThat(read(2)).isEmpty();

        Files.delete(root.resolve("proc/stat"));
        assertThat(read(2)).isEmpty();
        assertThat(new LinuxProcessors(root.resolve("none"), 2, () -> 0, () -> 0).read())
                .isEmpty();
    }

    @Test
    void whereJavaDoesNotKnowItsOwnTime_thereIsNoFigure() {
        assertThat(new LinuxProcessors(root, 2, () -> 0, () -> -1).read()).isEmpty();
    }

    /** On a machine of any load: time passes, and others never take more than there is. */
    @Test
    void thisMachine_isReadAsItIs() {
        assumeTrue(Files.exists(Path.of("/proc/stat")));
        LoadWatch watch = LoadWatch.start(0);
        long end = System.nanoTime() + 200_000_000L;
        double sum = 0;
        while (System.nanoTime() < end) {
            sum += Math.sqrt(sum + 1);
        }

        OtherLoad load = watch.lap();

        assertThat(sum).isPositive();
        assertThat(load.seconds()).isBetween(0.2, 60.0);
        assertThat(load.share().orElseThrow()).isBetween(0.0, 1.0);
    }

    private Optional<ProcessorClock.Reading> read(int usable) {
        return new LinuxProcessors(root, usable, () -> 123, () -> 4.5).read();
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
