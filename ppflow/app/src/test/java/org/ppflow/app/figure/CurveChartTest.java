package org.ppflow.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveChartTest {
    private static final List<Point> FALLING = List.of(new Point(0, 1), new Point(10, 0.5), new Point(20, 0.25));

    @Test
    void figure_drawsEachCurveAndNamesThoseThatHaveNames() {
        Drawing drawing = new CurveChart(
                        "Loss",
                        Axis.linear("images"),
                        new Axis("loss", true),
                        List.of(new CurveChart.Curve("", FALLING), new CurveChart.Curve("mean", FALLING)))
                .figure("loss over images")
                .drawing();

        List<Mark.Line> curves = drawing.all(Mark.Line.class)
                .filter(line -> line.points().size() == 3)
                .toList();
        assertThat(curves).hasSize(2);
        // On a logarithmic axis halving is the same length each time.
        List<Point> places = curves.get(1).points();
        assertThat(places.get(1).y() - places.get(0).y())
                .isCloseTo(places.get(2).y() - places.get(1).y(), org.assertj.core.api.Assertions.within(1e-9));
        // The faint one has the colour of the named one that follows.
        assertThat(curves.get(0).colour()).isNotEqualTo(curves.get(1).colour());
        assertThat(curves.get(1).colour()).isEqualTo(Colour.series(0));
        assertThat(drawing.labels().stream().map(Mark.Label::text)).contains("Loss", "images", "loss", "mean");
    }

    @Test
    void new_rejectsWhatCannotBeDrawn() {
        assertThatThrownBy(() -> new CurveChart(
                        "", Axis.linear("x"), Axis.linear("y"), List.of(new CurveChart.Curve("none", List.of()))))
                .hasMessageContaining("no point");
        assertThatThrownBy(() -> new CurveChart(
                        "",
                        Axis.linear("x"),
                        new Axis("y", true),
                        List.of(new CurveChart.Curve("zero", List.of(new Point(1, 0))))))
                .hasMessageContaining("above 0");
    }
}
