package org.ppflow.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.ppflow.app.figure.DrawingAssert.assertThatDrawing;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PackedRows;

class LevelDrawingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sit | 32 | 32",
                "ppf-2 | 16 | 16",
                "ppf-3 | 32 | 32",
                "4x4:0.5,4x2:0.75,2x2 | 32 | 64",
                "8x8:0.3,4x4:0.6,2x8:0.8,2x2 | 64 | 32",
                "6x4:0.5,4x6:0.9,2x2 | 24 | 24"
            })
    void patchification_drawsEachTokenOnceAndLeavesNoPixelOut(String name, int height, int width) {
        LevelSchedule schedule = LevelSchedule.parse(name);

        Figure figure = PatchificationDrawing.of(schedule, 4, height, width);

        assertThatDrawing(figure).hasLabelsThatDoNotOverlap().hasLabelsThatCanBeRead();
        for (PatchificationDrawing.Panel panel : PatchificationDrawing.panels(schedule, height, width)) {
            List<Region> tokens = figure.drawing()
                    .all(Mark.Area.class)
                    .map(Mark.Area::bounds)
                    .filter(panel.latent()::holds)
                    .toList();
            assertThat(tokens)
                    .hasSize(schedule.level(panel.level()).patch().tokens(height, width))
                    .doesNotHaveDuplicates();
            double area = panel.latent().width() * panel.latent().height();
            assertThat(tokens.stream()
                            .mapToDouble(token -> token.width() * token.height())
                            .sum())
                    .isCloseTo(area, within(1e-6 * area));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 32, 32", "2, 4, 32, 32", "4, 2, 16, 64", "2, 2, 8, 4"})
    void tokenGrid_putsEveryPixelIntoOneToken(int rows, int columns, int height, int width) {
        TokenGrid grid = new TokenGrid(new org.ppflow.flow.level.PatchSize(rows, columns), height, width);
        int[] times = new int[height * width];
        for (TokenGrid.Token token : grid.tokens()) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    times[(token.top() + row) * width + token.left() + column]++;
                }
            }
        }
        assertThat(times).containsOnly(1);
        assertThat(grid.tokens())
                .extracting(TokenGrid.Token::index)
                .isEqualTo(IntStream.range(0, height * width / (rows * columns))
                        .boxed()
                        .toList());
    }

    @Test
    void patchification_saysCountsAndTimes() {
        Figure figure = PatchificationDrawing.of(LevelSchedule.PPF_3, 4, 32, 32);

        assertThat(figure.drawing().labels())
                .extracting(Mark.Label::text)
                .contains("Level 0: 4×4", "0 ≤ t < 0.5", "8 × 8 = 64 tokens", "64 values each")
                .contains("Level 1: 2×4", "0.5 ≤ t < 0.75", "16 × 8 = 128 tokens", "32 values each")
                .contains("Level 2: 2×2", "0.75 ≤ t ≤ 1", "16 × 16 = 256 tokens", "16 values each");
    }

    @Test
    void patchification_rejectsPatchesThatDoNotTile() {
        assertThatThrownBy(() -> PatchificationDrawing.of(LevelSchedule.PPF_2, 4, 32, 30))
                .hasMessageContaining("4x4 does not divide latent 32x30");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ppf-3 | 8", "ppf-3 | 24", "ppf-2 | 16", "sit | 3", "8x8:0.25,4x4:0.5,2x2 | 64"})
    void packing_drawsThePlannedImagesInTheirRows(String name, int batch) {
        LevelSchedule schedule = LevelSchedule.parse(name);
        PackedRows rows = PackedRows.of(schedule, batch, 32, 32);

        Figure figure = PackingDrawing.of(schedule, rows);

        assertThatDrawing(figure).hasLabelsThatDoNotOverlap().hasLabelsThatCanBeRead();
        // Every drawn row, as the numbers in its images.
        List<List<Integer>> drawn = figure.drawing().labels().stream()
                .filter(label -> label.text().matches("(image )?\\d+"))
                .collect(java.util.stream.Collectors.groupingBy(
                        label -> label.at().y(),
                        java.util.TreeMap::new,
                        java.util.stream.Collectors.mapping(
                                label -> Integer.parseInt(label.text().replace("image ", "")),
                                java.util.stream.Collectors.toList())))
                .values()
                .stream()
                .toList();
        List<List<Integer>> planned = IntStream.range(0, rows.count())
                .mapToObj(row ->
                        rows.row(row).stream().map(PackedRows.Image::image).toList())
                .toList();
        assertThat(drawn).isSubsetOf(planned).doesNotHaveDuplicates();
        int hidden = figure.drawing().labels().stream()
                .filter(label -> label.text().startsWith("and ") && label.text().endsWith("more rows"))
                .mapToInt(label -> Integer.parseInt(label.text().replaceAll("\\D", "")))
                .sum();
        assertThat(drawn.size() + hidden).isEqualTo(rows.count());
    }

    @Test
    void packing_ofThePapersThreeLevels_isHalfACost() {
        Figure figure = PackingDrawing.of(LevelSchedule.PPF_3, PackedRows.smallest(LevelSchedule.PPF_3, 32, 32));

        assertThat(figure.drawing().labels())
                .extracting(Mark.Label::text)
                .contains("Rows of L = 256 tokens", "4 images", "of 64 tokens")
                .contains("4 rows for 8 images: an image costs 50 % of one that fills a row.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sit | 100.0", "ppf-2 | 62.0", "ppf-3 | 49.2", "8x8:0.02,4x4:0.04,2x4:0.5,2x2 |"})
    void path_fillsTheScheduleShareOfItsArea(String name, @Nullable String percent) {
        LevelSchedule schedule = LevelSchedule.parse(name);
        Flops flops = new Flops(12, 768, 32, 32, 4, 4, 8);

        Figure figure = DenoisingPathDrawing.of(schedule, flops);

        assertThatDrawing(figure).hasLabelsThatDoNotOverlap().hasLabelsThatCanBeRead();
        // Blocks stand on the axis; the tokens' pictures are above it.
        List<Region> areas =
                figure.drawing().all(Mark.Area.class).map(Mark.Area::bounds).toList();
        double axis = areas.stream().mapToDouble(Region::bottom).max().orElseThrow();
        List<Region> blocks = areas.stream()
                .filter(area -> Math.abs(area.bottom() - axis) < 1e-6)
                .toList();
        assertThat(blocks).hasSize(schedule.count());
        double whole = blocks.stream().mapToDouble(Region::width).sum()
                * blocks.stream().mapToDouble(Region::height).max().orElseThrow();
        double share = blocks.stream()
                        .mapToDouble(block -> block.width() * block.height())
                        .sum()
                / whole;
        assertThat(share).isCloseTo(flops.share(schedule, LevelSchedule.SIT), within(1e-9));
        if (percent != null) {
            assertThat(figure.title()).contains(": " + percent + " % of the FLOPs of 2×2");
        }
    }
}
