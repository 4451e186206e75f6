package org.ppflow.app.command.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.app.comparison.Filled;
import org.ppflow.app.figure.CostQualityChart;

class TableFigureTest {
    /** In one line they would make a zigzag from the paper's numbers to ours and back. */
    @Test
    void publishedNumbersAndOurs_areNotJoinedByALine() {
        Filled table = new Filled(
                "T",
                "",
                List.of(new Filled.Block(
                        "full",
                        List.of("sampling_flops", "fid"),
                        List.of("FLOPs %", "FID ↓"),
                        List.of(
                                line("PPF 7M", Filled.Origin.PAPER, 4),
                                line("PPF 7M", Filled.Origin.OURS, 5),
                                line("PPF 11M", Filled.Origin.PAPER, 3),
                                line("PPF 11M", Filled.Origin.OURS, 4)))),
                List.of(),
                List.of(),
                List.of());

        List<CostQualityChart> charts = new TableFigure("sampling_flops", "FLOPs").charts(table);

        assertThat(charts).hasSize(1);
        assertThat(charts.get(0).series())
                .extracting(CostQualityChart.Series::name)
                .containsExactly("PPF", "PPF");
        assertThat(charts.get(0).series())
                .allSatisfy(series -> assertThat(series.scores())
                        .extracting(CostQualityChart.Score::kind)
                        .hasSize(2)
                        .containsOnly(series.scores().get(0).kind()));
        assertThat(TableFigure.figure("T", charts).drawing().marks()).isNotEmpty();
    }

    private static Filled.Line line(String row, Filled.Origin origin, double value) {
        return new Filled.Line(row, origin, List.of(cell(62), cell(value)), Map.of());
    }

    private static Filled.Cell cell(double value) {
        return new Filled.Cell(value, null, 1, 1, "", "");
    }
}
