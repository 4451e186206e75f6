package org.ppflow.eval.neighbours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/** What precision and recall of both protocols take, features on disk. */
public final class NeighboursBench {
    private static final String STATUS = "/proc/self/status";
    private static final int SAMPLING_MILLIS = 20;

    private NeighboursBench() {}

    /** Which of the two. */
    public enum Protocol {
        /** {@link PrecisionRecall}, with density and coverage. */
        EXACT,
        /** {@link AdmPrecisionRecall}. */
        ADM;

        /** As options spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One measurement.
     *
     * @param seconds wall time, opening of sessions included
     * @param megabytes most memory of the whole process in MiB, seen every 20 ms, pages of mapped files not counted; null where the system does not
     *     say
     * @param precision found, to see that it was computed
     * @param recall found
     */
    public record Measured(double seconds, @Nullable Double megabytes, double precision, double recall) {}

    /**
     * Random rows, standard normals with seeds of their own, are written to a temporary folder and compared once. Needs 4·size bytes a row there.
     *
     * @param references number of reference rows; 10 000 in the published protocol
     * @param samples number of sample rows; 50 000
     * @param size of a row; 2048
     */
    public static Measured measure(int references, int samples, int size, Protocol protocol, Progress progress)
            throws IOException {
        Path folder = Files.createTempDirectory("ppflow-neighbours");
        try {
            FeatureRows reference = FileRows.normal(folder.resolve("reference"), references, size, 1);
            FeatureRows sampleRows = FileRows.normal(folder.resolve("samples"), samples, size, 2);
            return measure(reference, sampleRows, protocol, progress);
        } finally {
            Files.delete(folder);
        }
    }

    /** Compares given rows once. */
    public static Measured measure(FeatureRows reference, FeatureRows samples, Protocol protocol, Progress progress) {
        MemoryWatch watch = new MemoryWatch();
        long start = System.nanoTime();
        double[] found = switch (protocol) {
            case EXACT -> {
                PrecisionRecall exact = PrecisionRecall.between(reference, samples, 3, progress);
                yield new double[] {exact.precision(), exact.recall()};
            }
            case ADM -> {
                AdmPrecisionRecall adm = AdmPrecisionRecall.between(reference, samples, progress);
                yield new double[] {adm.precision(), adm.recall()};
            }
        };
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measured(seconds, watch.most(), found[0], found[1]);
    }

    /** Looks at this process's memory again and again: the kernel's own peak counts mapped files too. */
    private static final class MemoryWatch {
        private final Thread thread = new Thread(this::watch, "memory-watch");
        private volatile double most;
        private volatile boolean ended;

        MemoryWatch() {
            thread.setDaemon(true);
            thread.start();
        }

        private void watch() {
            while (!ended) {
                most = Math.max(most, anonymous());
                try {
                    Thread.sleep(SAMPLING_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private static double anonymous() {
            try (Stream<String> lines = Files.lines(Path.of(STATUS))) {
                return lines.filter(line -> line.startsWith("RssAnon:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                        .findFirst()
                        .orElse(0);
            } catch (IOException e) {
                return 0;
            }
        }

        @Nullable
        Double most() {
            ended = true;
            return most == 0 ? null : (Double) most;
        }
    }
}
