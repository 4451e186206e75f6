package org.ppflow.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ppflow.app.figure.DrawingAssert.assertThatDrawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.app.figure.CostQualityChart.Better;
import org.ppflow.app.figure.CostQualityChart.Kind;
import org.ppflow.app.figure.CostQualityChart.Score;
import org.ppflow.app.figure.CostQualityChart.Series;

class CostQualityChartTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void crowdedChart_hasNoLabelOnAnotherOrOnAMarker(boolean log) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            scores.add(new Score(
                    10 + i * 7 % 24,
                    2 + i * 5 % 13,
                    OptionalDouble.of(0.2),
                    "NFE " + i,
                    i % 3 == 0 ? Kind.PUBLISHED : Kind.FULL_SCALE));
        }
        CostQualityChart chart = new CostQualityChart(
                "Crowded",
                new Axis("GFLOPs", log),
                new Axis("FID", log),
                List.of(new Series("A", scores.subList(0, 12), false), new Series("B", scores.subList(12, 24), false)),
                Optional.of(Better.LOWER));

        Figure figure = ChartFigure.of("crowded", List.of(chart));

        assertThatDrawing(figure).hasLabelsThatDoNotOverlap();
        List<Region> discs =
                figure.drawing().all(Mark.Disc.class).map(Mark.Disc::bounds).toList();
        List<Mark.Label> placed = figure.drawing().labels().stream()
                .filter(label -> label.text().startsWith("NFE"))
                .toList();
        assertThat(placed).hasSizeGreaterThan(18);
        assertThat(placed).noneMatch(label -> discs.stream().anyMatch(label.bounds()::overlaps));
    }

    @Test
    void front_holdsWhatNoOtherBeats() {
        List<Score> scores = List.of(
                score(50, 4.7), score(62, 4.1), score(62, 4.0), score(70, 4.3), score(98, 3.8), score(100, 3.8));

        assertThat(ParetoFront.of(scores, Better.LOWER)).extracting(Score::cost).containsExactly(50.0, 62.0, 98.0);
        assertThat(ParetoFront.of(scores, Better.HIGHER)).containsExactly(scores.get(0));
    }

    @Test
    void kinds_areToldApartByTheirFilling() {
        List<Integer> discs = new ArrayList<>();
        List<Colour> fillings = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Canvas canvas = new Canvas(20);
            Marker.CIRCLE.draw(canvas, new Point(10, 10), Colour.series(0), kind);
            List<Mark.Disc> drawn = canvas.drawing(20).all(Mark.Disc.class).toList();
            discs.add(drawn.size());
            fillings.add(drawn.get(drawn.size() - 1).colour());
        }

        assertThat(fillings)
                .containsExactly(
                        Colour.WHITE, Colour.series(0), Colour.series(0).tint(0.35));
        assertThat(discs).containsExactly(3, 2, 3);
    }

    @Test
    void logarithmicAxis_rejectsWhatHasNoLogarithm() {
        List<Series> series = List.of(new Series("A", List.of(score(0, 1)), false));
        assertThatThrownBy(() -> new CostQualityChart(
                        "x", new Axis("FLOPs", true), Axis.linear("FID"), series, Optional.empty()))
                .hasMessageContaining("cost 0.0")
                .hasMessageContaining("logarithmic");
    }

    @Test
    void ticks_areRoundAndFew() {
        assertThat(Scale.around(List.of(50.0, 100.0), false).ticks())
                .extracting(Scale.Tick::text)
                .containsExactly("50", "60", "70", "80", "90", "100");
        assertThat(Scale.around(List.of(3.83, 4.71), false).ticks())
                .extracting(Scale.Tick::text)
                .containsExactly("3.8", "4.0", "4.2", "4.4", "4.6");
        assertThat(Scale.around(List.of(-0.002, 0.001), false).ticks())
                .extracting(Scale.Tick::text)
                .containsExactly("−0.002", "−0.001", "0.000", "0.001");
        assertThat(Scale.around(List.of(1.0, 1000.0), true).ticks())
                .extracting(Scale.Tick::text)
                .containsExactly("1", "10", "100", "1000");
        assertThat(Scale.around(List.of(4.0, 4.0), false).ticks()).hasSizeBetween(3, 6);
    }

    private static Score score(double cost, double value) {
        return Score.of(cost, value, "", Kind.PUBLISHED);
    }
}
