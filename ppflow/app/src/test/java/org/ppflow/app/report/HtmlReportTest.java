package org.ppflow.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;

class HtmlReportTest {
    @Test
    void page_needsNothingFromOutside() throws IOException {
        assertThat(HtmlReport.render(model("sit", losses(50))))
                .doesNotContain("http://", "https://", "<script", "@import", "url(");
    }

    @Test
    void everyPicture_isInsideAndHasAText() throws IOException {
        Matcher images = Pattern.compile("<img [^>]*>").matcher(HtmlReport.render(model("sit", losses(50))));
        int count = 0;
        while (images.find()) {
            count++;
            assertThat(images.group()).contains("src=\"data:image/png;base64,").containsPattern("alt=\"[^\"]{10,}\"");
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void names_areEscaped() throws IOException {
        assertThat(HtmlReport.render(model("<b>&\"x", losses(5))))
                .contains("&lt;b&gt;&amp;")
                .doesNotContain("<b>&\"x");
    }

    @Test
    void sameModel_givesTheSameBytes() throws IOException {
        assertThat(HtmlReport.render(model("sit", losses(50)))).isEqualTo(HtmlReport.render(model("sit", losses(50))));
    }

    @Test
    void chart_leavesOutWhatIsNoNumberAndStandsWithoutPoints() throws IOException {
        List<ReportModel.Loss> broken = losses(50);
        broken.set(10, new ReportModel.Loss(640, Double.NaN));
        broken.set(11, new ReportModel.Loss(704, 0));
        assertThat(HtmlReport.render(model("sit", broken))).contains("<path").doesNotContain("NaN", "Infinity");
        assertThat(HtmlReport.render(model("sit", List.of()))).contains("no losses yet");
    }

    @Test
    void grid_hasEveryPictureInItsPlace() throws IOException {
        byte[] pixels = new byte[3 * 4];
        pixels[4] = (byte) 200;
        BufferedImage grid = ImageIO.read(new ByteArrayInputStream(PictureGrid.png(pixels, 2, 2, 1, 2)));
        assertThat(grid.getWidth()).isEqualTo(7);
        assertThat(grid.getHeight()).isEqualTo(7);
        assertThat(grid.getRGB(4, 1) & 0xFF).isEqualTo(200);
        assertThat(grid.getRGB(1, 1) & 0xFF).isZero();
    }

    @Test
    void beside_joinsGridsAtTheSameHeight() throws IOException {
        byte[] grid = PictureGrid.png(new byte[4], 2, 2, 1, 1);
        BufferedImage joined = ImageIO.read(new ByteArrayInputStream(PictureGrid.beside(List.of(grid, grid), 2)));
        assertThat(joined.getHeight()).isEqualTo(8);
        assertThat(joined.getWidth()).isEqualTo(2 * 8 + 24);
    }

    @Test
    void grid_rejectsBytesThatAreNoPictures() {
        assertThatThrownBy(() -> PictureGrid.png(new byte[5], 2, 2, 1, 2)).hasMessageContaining("5 bytes");
    }

    private static List<ReportModel.Loss> losses(int count) {
        List<ReportModel.Loss> losses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            losses.add(new ReportModel.Loss(64.0 * (i + 1), 2.0 / (i + 1)));
        }
        return losses;
    }

    private static ReportModel model(String name, List<ReportModel.Loss> losses) throws IOException {
        byte[] grid = PictureGrid.png(new byte[4 * 4], 2, 2, 1, 2);
        Table table = new Table(
                "title",
                List.of(name, "ppf-2"),
                List.of(new Table.Row("NFE", "nfe", false, List.of(Cell.number(40, 0), Cell.number(40, 0)))),
                List.of("note"));
        List<ReportModel.Level> levels =
                List.of(new ReportModel.Level("4x4", 0, 0.5, 16, 0.24), new ReportModel.Level("2x2", 0.5, 1, 64, 1));
        return new ReportModel(
                "title",
                "bin/ppflow run config.yaml",
                table,
                List.of(new ReportModel.Term("NFE", "evaluations")),
                List.of(
                        new ReportModel.Model(name, levels, losses, grid),
                        new ReportModel.Model("ppf-2", levels, losses, grid)),
                Optional.of(grid),
                "name: x",
                Map.of("seed", "0"),
                List.of());
    }
}
