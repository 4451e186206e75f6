package org.ppflow.app.command.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.figure.CostQualityChart;
import org.ppflow.app.sweep.CostRecord;
import org.ppflow.app.sweep.GuidanceRecord;
import org.ppflow.app.sweep.ScaleGrid;
import org.ppflow.app.sweep.SweepScores;
import org.ppflow.app.sweep.SweepSubject;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.json.JsonMapper;

class SweepChartsTest {
    @TempDir
    private Path folder;

    @Test
    void sweepsOfOneKind_shareAChart_withASeriesEach() {
        List<CostQualityChart> charts =
                SweepCharts.of(List.of(SweepScores.of(cost("sit")), SweepScores.of(cost("ppf-2"))));

        assertThat(charts).hasSize(1);
        assertThat(charts.get(0).series())
                .extracting(CostQualityChart.Series::name)
                .containsExactly("sit", "ppf-2");
        assertThat(charts.get(0).scores())
                .extracting(CostQualityChart.Score::label)
                .containsExactly("10", "20", "10", "20");
        assertThat(charts.get(0).scores().get(0).cost()).as("GFLOPs").isEqualTo(3);
    }

    @Test
    void guidanceAndSteps_haveAChartEach() throws IOException {
        Path steps = folder.resolve("steps.json");
        Path scales = folder.resolve("scales.json");
        CostRecord.FILE.write(steps, cost("ppf-2"));
        GuidanceRecord.FILE.write(
                scales,
                new GuidanceRecord(
                        subject("ppf-2"),
                        new ScaleGrid(1, 3, 1, 0),
                        List.of(1.0, 2.5),
                        1,
                        true,
                        List.of(new GuidanceRecord.Point(List.of(1.0, 2.5), 20, true, 2e9, Map.of()))));

        List<CostQualityChart> charts = SweepCharts.of(List.of(SweepScores.read(steps), SweepScores.read(scales)));

        assertThat(charts)
                .extracting(CostQualityChart::title)
                .containsExactly("mine, ppf-2, by steps", "mine, ppf-2, by guidance scale");
        assertThat(charts.get(1).scores().get(0).label()).isEqualTo("1 / 2.5");
    }

    @Test
    void aFileThatIsNoSweep_isRefusedByName() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{}");

        assertThatThrownBy(() -> SweepScores.read(other))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("other.json");
        assertThatThrownBy(() -> SweepScores.read(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a folder");
    }

    private static CostRecord cost(String schedule) {
        return new CostRecord(
                subject(schedule),
                List.of(
                        new CostRecord.Point(3e9, 30, "10 steps", true, List.of(), 10, 20, Map.of()),
                        new CostRecord.Point(6e9, 25, "20 steps", true, List.of(), 20, 40, Map.of())));
    }

    private static SweepSubject subject(String schedule) {
        return new SweepSubject(
                "mine",
                schedule,
                JsonMapper.shared().createObjectNode(),
                "0".repeat(64),
                "1".repeat(64),
                "classifier_fd",
                true,
                Toolkit.current());
    }
}
