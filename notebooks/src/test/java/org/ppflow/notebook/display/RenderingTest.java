package org.ppflow.notebook.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.app.figure.Axis;
import org.ppflow.app.figure.CurveChart;
import org.ppflow.app.figure.PatchificationDrawing;
import org.ppflow.app.figure.Point;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.flow.level.LevelSchedule;

class RenderingTest {
    @Test
    void of_showsAFigureAsADrawingWithItsTitleForThoseWhoCannotSeeIt() {
        CurveChart.Curve curve = new CurveChart.Curve("mean", List.of(new Point(0, 1), new Point(1, 2)));

        Bundle bundle = Rendering.of(
                new CurveChart("", Axis.linear("x"), Axis.linear("y"), List.of(curve)).figure("a line that rises"));

        assertThat(bundle.data().get(Bundle.SVG)).contains("<svg");
        assertThat(bundle.data().get(Bundle.TEXT)).isEqualTo("a line that rises");
    }

    @Test
    void of_showsADrawingOfManyMarksAsAPictureOfTheSameWidth() {
        Bundle bundle = Rendering.of(PatchificationDrawing.of(LevelSchedule.PPF_3, 4, 32, 32));

        assertThat(bundle.data().get(Bundle.PNG)).startsWith("iVBORw0KGgo").hasSizeLessThan(120_000);
        assertThat(bundle.metadata()).isEqualTo(Map.of(Bundle.PNG, Map.of("width", 648L)));
    }

    @Test
    void of_showsATableWithItsTextEscaped() {
        Table table = new Table(
                "a < b",
                List.of("one"),
                List.of(new Table.Row("row & row", "row", false, List.of(Cell.text("<script>")))),
                List.of());

        assertThat(Rendering.of(table).data().get(Bundle.HTML))
                .contains("a &lt; b", "row &amp; row", "&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void of_takesTheTextOfWhatItDoesNotKnow() {
        assertThat(Rendering.of(List.of(1, 2)).data()).isEqualTo(Map.of(Bundle.TEXT, "[1, 2]"));
    }

    @Test
    void bundle_rejectsAValueWithoutPlainText() {
        assertThatThrownBy(() -> new Bundle(Map.of(Bundle.HTML, "<b>x</b>"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text/plain");
    }
}
