package org.ppflow.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.errors.BadInputException;

class PictureTest {
    private static final Picture COLOURED = new Picture(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 6});

    @Test
    void mirrored_swapsColumnsAndKeepsChannels() {
        assertThat(COLOURED.mirrored().pixels()).containsExactly(4, 5, 6, 1, 2, 3);
        assertThat(COLOURED.mirrored().mirrored()).isEqualTo(COLOURED);
    }

    @Test
    void padding_centresAndFillsWithBlack() {
        Picture grey = new Picture(2, 1, 1, new byte[] {7, 8});

        assertThat(new CentrePadding(4).frame(grey, "x").pixels())
                .containsExactly(0, 0, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0);
        assertThat(new CentrePadding(2).frame(COLOURED, "x").pixels())
                .containsExactly(1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void padding_rejectsALargerPicture() {
        assertThatThrownBy(() -> new CentrePadding(1).frame(COLOURED, "digits#3"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("digits#3", "1x2", "1x1");
    }

    @Test
    void batch_keepsEveryPicture() {
        Picture other = COLOURED.mirrored();
        PictureBatch batch = PictureBatch.of(List.of(COLOURED, other));

        assertThat(batch.picture(0)).isEqualTo(COLOURED);
        assertThat(batch.picture(1)).isEqualTo(other);
    }

    @Test
    void batch_rejectsMixedSizes() {
        Picture other = new Picture(2, 1, 3, new byte[6]);

        assertThatThrownBy(() -> PictureBatch.of(List.of(COLOURED, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("picture 1");
    }

    @Test
    void picture_rejectsAWrongNumberOfBytes() {
        assertThatThrownBy(() -> new Picture(2, 2, 1, new byte[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Picture(1, 1, 2, new byte[2])).isInstanceOf(IllegalArgumentException.class);
    }
}
