package org.ppflow.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureGridTest {
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
        assertThatThrownBy(() -> PictureGrid.png(new byte[5], 0, 2, 1, 2)).hasMessageContaining("0x2x1 pictures");
    }
}
