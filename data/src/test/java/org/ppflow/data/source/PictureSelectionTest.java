package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ppflow.data.picture.CentrePadding;

class PictureSelectionTest {
    private static final int SIDE = 32;

    private final PictureSelection reference = new PictureSelection(
            PictureSources.open(Mnist.NAME), new Holdout(5, 4), Part.REFERENCE, new CentrePadding(SIDE));

    PictureSelectionTest() throws IOException {}

    @Test
    void first_hasTheFirstOfEachClass_asAllOfThemHave() throws IOException {
        LabelledPictures all = reference.readAll();
        int[] found = new int[10];
        int[] rows = new int[3 * 2];
        int count = 0;
        for (int row = 0; count < rows.length; row++) {
            int label = all.labels()[row];
            if (label < 3 && found[label]++ < 2) {
                rows[count++] = row;
            }
        }

        LabelledPictures first = reference.first(2, 3);

        assertThat(first.labels())
                .containsExactly(
                        Arrays.stream(rows).map(row -> all.labels()[row]).toArray());
        for (int i = 0; i < rows.length; i++) {
            assertThat(picture(first, i)).isEqualTo(picture(all, rows[i]));
        }
    }

    @Test
    void first_hasAllThereAre_whereThatIsFewer() throws IOException {
        assertThat(reference.first(1000, 10).labels()).hasSize(2000);
        assertThat(reference.first(0, 10).labels()).isEmpty();
    }

    private static byte[] picture(LabelledPictures pictures, int row) {
        int bytes = SIDE * SIDE;
        return Arrays.copyOfRange(pictures.pictures().pixels(), row * bytes, (row + 1) * bytes);
    }
}
