package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.ppflow.app.config.DataConfig;
import org.ppflow.app.config.Defaults;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.errors.BadInputException;

class PictureMemoryTest {
    private static final DataConfig DIGITS = Defaults.DATA;

    /** 8 000 digits of 32 × 32 bytes. */
    private static final long BYTES = 8_000L * 32 * 32;

    @Test
    void pictures_mayTakeHalfOfJavasMemory_andNotMore() throws IOException {
        PictureSelection training = ExperimentPictures.open(DIGITS).selection(Part.TRAIN);

        assertThatCode(() -> new PictureMemory(2 * BYTES).require(training, DIGITS))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new PictureMemory(2 * BYTES - 2).require(training, DIGITS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("8,000 pictures of 32x32, 8 MiB in memory for the classifier")
                .hasMessageContaining("expected at most 8 MiB")
                .hasMessageContaining("PPFLOW_JAVA_OPTS=-Xmx4g");
    }
}
