package org.ppflow.app.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.ppflow.app.console.Program;
import org.ppflow.nn.errors.BadInputException;

/**
 * A sweep as cost against quality, of whichever kind it is.
 *
 * @param subject what was swept over
 * @param kind what changed from point to point
 * @param points in the order of the sweep
 */
public record SweepScores(SweepSubject subject, Kind kind, List<Point> points) {
    /** What changes from point to point. */
    public enum Kind {
        /** Steps of the solver, and boundaries between levels. */
        STEPS("by steps"),
        /** Guidance scale of each level. */
        GUIDANCE("by guidance scale");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** As a chart's title says it. */
        public String title() {
            return title;
        }
    }

    /**
     * One way of sampling.
     *
     * @param group points of one name belong together: the same boundaries
     * @param label what sets it apart in its group: {@code 20} steps, guidance {@code 1 / 3}
     * @param flops of one sample, blocks only, guidance counted
     * @param value of the sweep's metric
     */
    public record Point(String group, String label, double flops, double value) {}

    public SweepScores {
        points = List.copyOf(points);
    }

    /** Of a sweep over steps and boundaries. */
    public static SweepScores of(CostRecord record) {
        return new SweepScores(
                record.subject(),
                Kind.STEPS,
                record.points().stream()
                        .map(point -> new Point(
                                point.boundaries().isEmpty()
                                        ? ""
                                        : "boundary at "
                                                + point.boundaries().stream()
                                                        .map(String::valueOf)
                                                        .collect(Collectors.joining(" and ")),
                                String.valueOf(point.steps()),
                                point.flops(),
                                point.value()))
                        .toList());
    }

    /** Of a search for guidance scales. */
    public static SweepScores of(GuidanceRecord record) {
        return new SweepScores(
                record.subject(),
                Kind.GUIDANCE,
                record.points().stream()
                        .map(point -> new Point(
                                "",
                                point.scales().stream().map(SweepScores::plain).collect(Collectors.joining(" / ")),
                                point.flops(),
                                point.value()))
                        .toList());
    }

    /**
     * Reads the record of either kind of sweep.
     *
     * @throws BadInputException if a byte is not as it was written, or it is no such record
     */
    public static SweepScores read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString())
                    .found(Files.isDirectory(file) ? "a folder" : "no such file")
                    .expected("the record of a sweep")
                    .advice("'" + Program.line("sweep", "cost") + "' and '" + Program.line("sweep", "guidance")
                            + "' leave them in runs/NAME/sweeps")
                    .build();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.contains('"' + GuidanceRecord.FILE.format() + '"')
                ? of(GuidanceRecord.FILE.read(file))
                : of(CostRecord.FILE.read(file));
    }

    private static String plain(double scale) {
        return scale == Math.rint(scale) ? String.valueOf((long) scale) : String.valueOf(scale);
    }
}
