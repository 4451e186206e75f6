package org.ppflow.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ppflow.app.figure.DrawingAssert.assertThatDrawing;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleGridTest {
    private static final int COUNT = 6;

    @Test
    void figure_hasThePicturesInRowsOfModelsAndColumnsOfNoise() {
        SampleGrid grid = new SampleGrid(
                List.of(row("SiT-B/2", 0), row("PPF-B-3 with a name that needs more than one line", 100)),
                List.of("0", "1", "2", "3", "4", "5"),
                4,
                4,
                3);

        Figure figure = grid.figure("same noise", Canvas.PAGE);

        assertThatDrawing(figure).hasLabelsThatDoNotOverlap();
        List<Mark.Picture> pictures = figure.drawing().all(Mark.Picture.class).toList();
        assertThat(pictures).hasSize(2 * COUNT);
        for (int i = 0; i < pictures.size(); i++) {
            assertThat(pictures.get(i).pixels().values()).containsOnly((byte) (100 * (i / COUNT) + i % COUNT));
            assertThat(pictures.get(i).bounds().x())
                    .isEqualTo(pictures.get(i % COUNT).bounds().x());
        }
        assertThat(pictures.get(0).bounds().overlaps(pictures.get(1).bounds())).isFalse();
        assertThat(pictures.get(0).bounds().bottom())
                .isLessThan(pictures.get(COUNT).bounds().y());
        assertThat(figure.drawing().page().width()).isLessThanOrEqualTo(6.75 * 72 + 1e-9);
    }

    @Test
    void rows_haveTheSameNumberOfPictures() {
        List<SampleGrid.Row> rows = List.of(row("A", 0), new SampleGrid.Row("B", new byte[48]));
        assertThatThrownBy(() -> new SampleGrid(rows, List.of(), 4, 4, 3))
                .hasMessage("row 'B': 1 pictures, where the first row has 6");
    }

    @Test
    void bytesThatAreNoPictures_areRejected() {
        List<SampleGrid.Row> rows = List.of(new SampleGrid.Row("A", new byte[47]));
        assertThatThrownBy(() -> new SampleGrid(rows, List.of(), 4, 4, 3))
                .hasMessage("row 'A': 47 bytes are no pictures of 4x4x3");
    }

    @Test
    void moreColumnsThanThePageIsWide_areRejected() {
        SampleGrid grid = new SampleGrid(List.of(new SampleGrid.Row("A", new byte[100])), List.of(), 1, 1, 1);
        assertThatThrownBy(() -> grid.figure("too many", Canvas.COLUMN))
                .hasMessageContaining("100 pictures do not fit");
    }

    private static SampleGrid.Row row(String label, int first) {
        byte[] pictures = new byte[COUNT * 48];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = (byte) (first + i / 48);
        }
        return new SampleGrid.Row(label, pictures);
    }
}
