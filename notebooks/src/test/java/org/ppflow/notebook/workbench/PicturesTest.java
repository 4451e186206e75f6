package org.ppflow.notebook.workbench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PicturesTest {
    /** It would add rows without end. */
    @Test
    void grid_rejectsNoColumns() throws IOException {
        Pictures pictures = Digits.noise(2);

        assertThatThrownBy(() -> pictures.grid(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 pictures in 0 columns");
    }
}
