package org.ppflow.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LossChartTest {
    @Test
    void leavesOutWhatIsNoNumberAndStandsWithoutPoints() {
        List<LossPoint> broken = new ArrayList<>(losses(50).get(0).points());
        broken.set(10, new LossPoint(640, Double.NaN));
        broken.set(11, new LossPoint(704, 0));
        assertThat(chart(List.of(new ModelReport.Curve("all levels", broken))))
                .contains("<path")
                .doesNotContain("NaN", "Infinity");
        assertThat(chart(List.of(new ModelReport.Curve("all levels", List.of()))))
                .contains("no losses yet");
    }

    @Test
    void hasALineForEachCurve_withItsValues() {
        String svg = chart(losses(50));

        assertThat(Pattern.compile("<path").matcher(svg).results().count()).isEqualTo(2);
        assertThat(svg).contains("data-names=\"all levels|4x4\"");
        assertThat(between(svg, "data-values=\"", "\"").split("\\|"))
                .allSatisfy(line -> assertThat(line.split(" ")).hasSize(50));
    }

    /** The pointer asks all lines for the same place. */
    @Test
    void tellsLinesAtTheSamePlace_whereOneLacksAPoint() {
        List<LossPoint> all = losses(3).get(0).points();
        List<LossPoint> level = List.of(all.get(0), new LossPoint(128, Double.NaN), all.get(2));

        String svg = chart(List.of(new ModelReport.Curve("all levels", all), new ModelReport.Curve("4x4", level)));

        String[] values =
                between(svg, "data-values=\"", "\"").split("\\|", -1)[1].split(" ", -1);
        assertThat(values).hasSize(3);
        assertThat(values[1]).isEqualTo(values[0]).isNotEqualTo(values[2]);
    }

    @Test
    void ofALongTraining_isBounded() {
        assertThat(chart(losses(2000)).length()).isLessThan(12_000);
    }

    @Test
    void ticksOfImages_areRoundAndFew() {
        assertThat(LossChart.step(3024)).isEqualTo(1000);
        assertThat(LossChart.step(90_048)).isEqualTo(20_000);
        assertThat(LossChart.step(5e6)).isEqualTo(1e6);
        assertThat(LossChart.step(5.1e6)).isEqualTo(2e6);
        assertThat(LossChart.step(3)).isEqualTo(1);
        assertThat(LossChart.step(48)).isEqualTo(10);
        for (double last = 1; last < 1e9; last *= 1.37) {
            assertThat(last / LossChart.step(last)).isLessThanOrEqualTo(5 + 1e-9);
        }
    }

    private static List<ModelReport.Curve> losses(int count) {
        List<LossPoint> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new LossPoint(64.0 * (i + 1), 2.0 / (i + 1)));
        }
        return List.of(new ModelReport.Curve("all levels", points), new ModelReport.Curve("4x4", points));
    }

    private static List<ModelReport.Level> levels() {
        return List.of(new ModelReport.Level("4x4", 0, 0.5, 16, 0.24), new ModelReport.Level("2x2", 0.5, 1, 64, 1));
    }

    private static String chart(List<ModelReport.Curve> curves) {
        ModelReport model = new ModelReport(
                "sit", levels(), curves, Part.missing("", ""), Part.missing("", ""), Part.missing("", ""));
        return LossChart.svg(
                "sit", curves, LossChart.Range.of(List.of(model)), new PatchColours(List.of("4x4", "2x2")));
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return text.substring(from + start.length(), text.indexOf(end, from + start.length()));
    }
}
