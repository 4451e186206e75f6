package org.ppflow.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;

class HtmlReportTest {
    private static final String RESOURCE =
            "(?i)<(?:img|script|link|iframe|source|video|audio|object|embed)\\b[^>]*?\\b(?:src|href|data)=\"([^\"]*)\"";

    @Test
    void page_needsNothingFromOutside() throws IOException {
        String page = page(run("one", model("sit"), model("ppf-2")));

        assertThat(page).doesNotContain("http://", "https://", "@import", "url(", "<iframe");
        Matcher resources = Pattern.compile(RESOURCE).matcher(page);
        int count = 0;
        while (resources.find()) {
            count++;
            assertThat(resources.group(1)).startsWith("data:");
        }
        assertThat(count).isEqualTo(3 * 2 + 1 + 1 + 1);
    }

    /** A browser runs a script, or applies styles, only where the policy has the hash of what stands between the tags. */
    @Test
    void policy_allowsTheScriptAndTheStylesThatAreInside_andNoOthers() throws Exception {
        String page = page(run("one", model("sit")));

        Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(page);
        assertThat(policy.find()).isTrue();
        assertThat(policy.group(1))
                .contains("default-src 'none'", "img-src data:")
                .contains("script-src '" + hash(between(page, "<script>", "</script>")) + "'")
                .contains("style-src '" + hash(between(page, "<style>", "</style>")) + "'")
                .doesNotContain("unsafe", "*");
        String markup = page.replace(between(page, "<script>", "</script>"), "");
        assertThat(markup).doesNotContainPattern("\\sstyle=").doesNotContainPattern("\\son[a-z]+=\"");
    }

    @Test
    void everyPicture_isInsideAndHasAText() throws IOException {
        Matcher images = Pattern.compile("<img [^>]*>").matcher(page(run("one", model("sit"), model("ppf-2"))));
        int count = 0;
        while (images.find()) {
            count++;
            assertThat(images.group()).contains("src=\"data:image/").containsPattern("alt=\"[^\"]{8,}\"");
        }
        // Of each model: a sheet by guidance, the run's samples, a film of the path; real pictures; a figure.
        assertThat(count).isEqualTo(2 * 3 + 1 + 1);
    }

    @Test
    void names_areEscapedEverywhere() throws IOException {
        String bad = "<b>&\"x'";
        RunReport run = new RunReport(
                bad,
                bad,
                bad,
                List.of(new RunReport.Command(bad, bad)),
                List.of(new RunReport.Change(bad, bad, bad)),
                bad,
                Part.of(table(bad)),
                List.of(new RunReport.Term(bad, bad)),
                List.of(
                        model(bad),
                        new ModelReport(
                                bad + 2,
                                List.of(),
                                List.of(),
                                Part.missing(bad, bad),
                                Part.missing(bad, bad),
                                Part.missing(bad, bad))),
                Part.missing(bad, bad),
                Map.of(bad, bad),
                List.of(bad));

        String page = HtmlReport.render(new ReportModel(
                bad,
                bad,
                List.of(run, run("other", model("sit"))),
                List.of(bad),
                List.of(new DifferingSetting(bad, List.of(bad, bad))),
                List.of(new ReportFigure(bad, "<svg/>"))));

        assertThat(page).contains("&lt;b&gt;&amp;").doesNotContain("<b>&", "<b>&amp;");
        assertThat(page).doesNotContainPattern("=\"[^\"<>]*<b>");
    }

    @Test
    void sameModel_givesTheSameBytes() throws IOException {
        assertThat(page(run("one", model("sit")))).isEqualTo(page(run("one", model("sit"))));
    }

    @Test
    void severalRuns_haveAnOverviewWithALineForEachModel() throws IOException {
        String page = page(run("first", model("sit"), model("ppf-2")), run("second", model("sit")));

        String overview = between(page, "<section id=\"overview\">", "</section>");
        assertThat(Pattern.compile("<tr").matcher(overview).results().count())
                .isEqualTo(1 + 3 + 1 + 1); // models, then settings
        assertThat(overview)
                .contains("<th scope=\"col\">levels</th>")
                .contains("Settings that differ", "<code>training.batch</code>", "<code>&lt;48&gt;</code>");
        assertThat(overview).contains("href=\"#run0\">first", "href=\"#run1\">second", "classifier-FD", "91.20");
        assertThat(page).contains("id=\"run0\"", "id=\"run1\"");
        assertThat(page(run("first", model("sit")))).doesNotContain("id=\"overview\"");
    }

    @Test
    void aRunThatIsNotFinished_standsInTheOverviewWithoutNumbers() throws IOException {
        String page = page(run("first", model("sit")), unfinished());

        String overview = between(page, "<section id=\"overview\">", "</section>");
        assertThat(overview).contains("later").contains("<td>–</td>");
    }

    @Test
    void missingParts_sayWhyAndWhichCommandMakesThem() throws IOException {
        String page = page(unfinished());

        assertThat(page)
                .contains("Not finished.", "the run has not come to its table", "not drawn yet", "not kept yet")
                .contains("<code>bin/ppflow run runs/later/config.yaml</code>")
                .contains("no losses yet")
                .doesNotContain("data-explorer data", "data-path data", "found nothing to warn of");
    }

    @Test
    void warnings_standInThePage_andTheirAbsenceToo() throws IOException {
        RunReport run = run("one", model("sit"));
        RunReport warned = new RunReport(
                run.name(),
                run.folder(),
                run.state(),
                run.commands(),
                run.changes(),
                run.config(),
                run.table(),
                run.terms(),
                run.models(),
                run.real(),
                run.provenance(),
                List.of("40 samples are repeats"));

        assertThat(page(warned)).contains("40 samples are repeats").doesNotContain("found nothing to warn of");
        assertThat(page(run)).contains("found nothing to warn of");
    }

    @Test
    void samples_offerEveryClassScaleAndNoise_andStartAtTheRunsOwnScale() throws IOException {
        String page = page(run("one", model("sit")));

        String explorer = between(page, "data-explorer", "</details>");
        assertThat(explorer)
                .contains("data-rows=\"4\" data-columns=\"3\" data-noises=\"2\"")
                .contains("<span>zero</span>", "<span>one</span>")
                .containsPattern("value=\"1\" data-axis=\"scale\" checked><span>2<small>");
        assertThat(Pattern.compile("type=\"radio\"").matcher(explorer).results().count())
                .isEqualTo(2 + 3 + 2);
    }

    @Test
    void aPanelOfOtherChoicesThanTheFirstModels_isNotShownUnderThem() throws IOException {
        GuidancePanel other = new GuidancePanel(List.of("zero"), List.of("1"), 0, 1, 0, sheet(1, 1));
        ModelReport odd = new ModelReport(
                "odd",
                levels(),
                losses(5),
                Part.of(sheet(1, 1)),
                Part.of(other),
                model("odd").path());

        String page = page(run("one", model("sit"), odd));

        assertThat(page).contains("Samples by guidance of odd:", "of other classes or scales than the first model");
    }

    @Test
    void path_marksTheLevelOfEachStepWithItsTokensAndCost() throws IOException {
        String page = page(run("one", model("sit")));

        assertThat(page)
                .contains(
                        "<td>0.500</td><td><i class=\"key back1\"></i>1</td><td>2x2</td><td>64</td><td>2</td><td>12.5 MFLOPs</td><td>62 %</td>")
                .contains("<td>–</td><td>–</td><td>–</td>");
    }

    private static String page(RunReport... runs) throws IOException {
        return HtmlReport.render(new ReportModel(
                "title",
                "bin/ppflow report runs/one",
                List.of(runs),
                List.of(),
                runs.length == 1
                        ? List.of()
                        : List.of(new DifferingSetting("training.batch", Collections.nCopies(runs.length, "<48>"))),
                List.of(new ReportFigure("a figure", "<svg/>"))));
    }

    private static RunReport run(String name, ModelReport... models) throws IOException {
        return new RunReport(
                name,
                "runs/" + name,
                "Finished.",
                List.of(new RunReport.Command("What was typed", "bin/ppflow quickstart")),
                List.of(),
                "name: x",
                Part.of(table(Arrays.stream(models).map(ModelReport::name).toArray(String[]::new))),
                List.of(new RunReport.Term("NFE", "evaluations")),
                List.of(models),
                Part.of(PictureGrid.png(new byte[4 * 4], 2, 2, 1, 2)),
                Map.of("seed", "0"),
                List.of());
    }

    private static RunReport unfinished() {
        String remedy = "bin/ppflow run runs/later/config.yaml";
        return new RunReport(
                "later",
                "runs/later",
                "Not finished. sit: has seen 0 of 100 images",
                List.of(),
                List.of(),
                "name: later",
                Part.missing("the run has not come to its table", remedy),
                List.of(),
                List.of(new ModelReport(
                        "sit",
                        levels(),
                        List.of(new ModelReport.Curve("all levels", List.of())),
                        Part.missing("not drawn yet", remedy),
                        Part.missing("not drawn yet", remedy),
                        Part.missing("not drawn yet", remedy))),
                Part.missing("not kept yet", remedy),
                Map.of(),
                List.of());
    }

    private static Table table(String... models) {
        return new Table(
                "title",
                List.of(models),
                List.of(
                        new Table.Row("NFE", "nfe", false, cells(40, 0, models.length)),
                        new Table.Row("classifier-FD", "classifier_fd", false, cells(91.2, 2, models.length))),
                List.of("note"));
    }

    private static List<Cell> cells(double value, int digits, int count) {
        return java.util.Collections.nCopies(count, Cell.number(value, digits));
    }

    private static ModelReport model(String name) throws IOException {
        GuidancePanel guidance =
                new GuidancePanel(List.of("zero", "one"), List.of("1", "2", "4"), 1, 2, 0, sheet(4, 3));
        PathPanel path = new PathPanel(
                List.of("zero", "one"),
                List.of(
                        new PathPanel.Point(0, 0, "4x4", 16, 2, 3e6, 0.24),
                        new PathPanel.Point(0.5, 1, "2x2", 64, 2, 12.5e6, 0.62),
                        new PathPanel.Point(1, 1, "2x2", 64, 0, 0, 0)),
                sheet(4, 3));
        return new ModelReport(name, levels(), losses(50), Part.of(sheet(1, 1)), Part.of(guidance), Part.of(path));
    }

    private static byte[] sheet(int rows, int columns) throws IOException {
        return PictureSheet.png(new byte[rows * columns * 4], 2, 2, 1, columns);
    }

    private static List<ModelReport.Level> levels() {
        return List.of(new ModelReport.Level("4x4", 0, 0.5, 16, 0.24), new ModelReport.Level("2x2", 0.5, 1, 64, 1));
    }

    private static List<ModelReport.Curve> losses(int count) {
        List<LossPoint> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new LossPoint(64.0 * (i + 1), 2.0 / (i + 1)));
        }
        return List.of(new ModelReport.Curve("all levels", points), new ModelReport.Curve("4x4", points));
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return text.substring(from + start.length(), text.indexOf(end, from + start.length()));
    }

    private static String hash(String content) throws NoSuchAlgorithmException {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }
}
