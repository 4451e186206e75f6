package org.ppflow.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.json.JsonMapper;

class CostRecordTest {
    @TempDir
    Path folder;

    @Test
    void theParetoFront_isThatOfBruteForce() {
        Random random = new Random(11);
        for (int trial = 0; trial < 200; trial++) {
            List<CostRecord.Point> points = new ArrayList<>();
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                // Few values, so that there are equal costs, equal values and equal points.
                points.add(point(1 + random.nextInt(5), random.nextInt(5)));
            }
            for (boolean lower : new boolean[] {true, false}) {
                List<CostRecord.Point> marked = CostRecord.marked(points, lower);
                for (int i = 0; i < count; i++) {
                    CostRecord.Point one = points.get(i);
                    boolean beaten = points.stream().anyMatch(other -> beats(other, one, lower));
                    assertThat(marked.get(i).pareto())
                            .as("%s of %s", one, points)
                            .isEqualTo(!beaten);
                }
            }
        }
    }

    private static boolean beats(CostRecord.Point other, CostRecord.Point one, boolean lower) {
        double gain = (lower ? 1 : -1) * (one.value() - other.value());
        return other.flops() <= one.flops() && gain >= 0 && (other.flops() < one.flops() || gain > 0);
    }

    @Test
    void aRecord_isReadAsWritten_andRefusedWithOneByteChanged() throws IOException {
        SweepSubject subject = new SweepSubject(
                "tiny",
                "ppf-2",
                JsonMapper.shared().createObjectNode().put("name", "tiny"),
                "a".repeat(64),
                "b".repeat(64),
                "classifier_fd",
                true,
                new Toolkit("0.1", null));
        CostRecord record = new CostRecord(subject, CostRecord.marked(List.of(point(2, 3.25), point(1, 4)), true));
        Path file = folder.resolve("cost.json");
        CostRecord.FILE.write(file, record);
        assertThat(CostRecord.FILE.read(file)).isEqualTo(record);
        assertThatThrownBy(() -> GuidanceRecord.FILE.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("ppflow-guidance-search-1");
        Files.writeString(file, Files.readString(file).replace("3.25", "3.24"));
        assertThatThrownBy(() -> CostRecord.FILE.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void candidates_areAllCombinationsThatGoUpwards() {
        assertThat(CostCandidate.all(List.of(List.of(0.3, 0.5), List.of(0.5, 0.75)), List.of(5, 10)))
                .extracting(CostCandidate::label)
                .containsExactly(
                        "0.3 0.5, 5 steps",
                        "0.3 0.5, 10 steps",
                        "0.3 0.75, 5 steps",
                        "0.3 0.75, 10 steps",
                        "0.5 0.75, 5 steps",
                        "0.5 0.75, 10 steps");
        assertThat(CostCandidate.all(List.of(), List.of(1))).containsExactly(new CostCandidate(List.of(), 1));
    }

    private static CostRecord.Point point(double flops, double value) {
        return new CostRecord.Point(
                flops, value, flops + " " + value, false, List.of(0.5), 10, 10, Map.of("classifier_fd", value));
    }
}
