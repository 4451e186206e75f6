package org.ppflow.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ppflow.app.figure.Colour;

class PatchColoursTest {
    private static final ModelReport.Level COARSE = new ModelReport.Level("4x4", 0, 0.5, 16, 0.2);
    private static final ModelReport.Level FINE = new ModelReport.Level("2x2", 0.5, 1, 64, 1);

    @Test
    void aPatchSize_hasOneColourInAllSchedules() {
        PatchColours colours = PatchColours.of(List.of(
                run("one", model("sit", new ModelReport.Level("2x2", 0, 1, 64, 1)), model("ppf-2", COARSE, FINE)),
                run("two", model("ppf-3", COARSE, new ModelReport.Level("4x2", 0.5, 0.75, 32, 0.5), FINE))));

        assertThat(colours.patches()).containsExactly("4x4", "4x2", "2x2");
        assertThat(List.of(colours.of("4x4"), colours.of("4x2"), colours.of("2x2")))
                .containsExactly(0, 1, 2);
    }

    @Test
    void bars_ofSitAndOfTheLastLevelBesideIt_areFilledAlike() {
        PatchColours colours = new PatchColours(List.of("4x4", "2x2"));

        assertThat(LevelBar.ofLevels(List.of(new ModelReport.Level("2x2", 0, 1, 64, 1)), colours))
                .contains("fill1")
                .doesNotContain("fill0");
        assertThat(LevelBar.ofLevels(List.of(COARSE, FINE), colours)).contains("fill0", "fill1");
        assertThat(LevelBar.ofPoints(List.of(new PathPanel.Point(0, 0, "2x2", 64, 1, 1, 1)), colours))
                .contains("fill1");
    }

    @Test
    void beyondTheColours_theyBeginAgain() {
        PatchColours many = new PatchColours(List.of("a", "b", "c", "d", "e", "f", "g", "h"));

        assertThat(many.of("g")).isEqualTo(6);
        assertThat(many.of("h")).isZero();
    }

    /** Figures on the page use the same numbers as the page's styles. */
    @Test
    void figuresAndStyles_haveEveryColour() throws IOException {
        assertThat(Colour.SERIES).hasSize(PatchColours.COUNT);
        String styles;
        try (var in = PatchColours.class.getResourceAsStream("report.css")) {
            styles = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        for (int i = 0; i < PatchColours.COUNT; i++) {
            assertThat(styles)
                    .contains(
                            "--level" + i + ": light-dark(",
                            ".back" + i + ",",
                            ".fill" + i + " {",
                            ".chart .level" + i);
        }
    }

    private static ModelReport model(String name, ModelReport.Level... levels) {
        return new ModelReport(
                name,
                Arrays.asList(levels),
                List.of(),
                Part.missing("none", ""),
                Part.missing("none", ""),
                Part.missing("none", ""));
    }

    private static RunReport run(String name, ModelReport... models) {
        return new RunReport(
                name,
                name,
                "Finished.",
                List.of(),
                List.of(),
                "",
                Part.missing("none", ""),
                List.of(),
                Arrays.asList(models),
                Part.missing("none", ""),
                Map.of(),
                List.of());
    }
}
