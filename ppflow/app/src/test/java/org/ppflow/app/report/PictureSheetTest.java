package org.ppflow.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureSheetTest {
    @Test
    void hasEveryPictureInItsPlace_andMakesLargeOnesSmaller() throws IOException {
        byte[] pixels = new byte[4 * 2 * 2];
        pixels[3 * 4] = (byte) 200;
        BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(PictureSheet.png(pixels, 2, 2, 1, 2)));
        assertThat(sheet.getWidth()).isEqualTo(4);
        assertThat(sheet.getRaster().getSample(2, 2, 0)).isEqualTo(200);
        assertThat(sheet.getRaster().getSample(3, 2, 0)).isZero();

        byte[] large = new byte[256 * 256 * 3];
        Arrays.fill(large, (byte) 100);
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(PictureSheet.png(large, 256, 256, 3, 1)));
        assertThat(small.getWidth()).isEqualTo(86).isLessThanOrEqualTo(PictureSheet.MOST_SIDE);
        assertThat(small.getRGB(85, 85) & 0xFFFFFF).isEqualTo(0x646464);
    }

    @Test
    void rejectsPicturesThatDoNotFillItsRows() {
        assertThatThrownBy(() -> PictureSheet.png(new byte[12], 2, 2, 1, 2)).hasMessageContaining("12 bytes");
    }
}
