package org.ppflow.data.autoencoder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;

class AutoencoderConfigTest {
    private static final String DOWNLOAD = "huggingface-cli download stabilityai/sd-vae-ft-ema --local-dir FOLDER";

    @TempDir
    private Path folder;

    @Test
    void folderThatIsNotThere_isNamedInFull_withWhereTheWeightsAre() {
        Path relative = Path.of("no-such-autoencoder");

        assertThatThrownBy(() -> AutoencoderConfig.read(relative))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(
                        "no-such-autoencoder: no such folder: " + relative.toAbsolutePath(),
                        "config.json and diffusion_pytorch_model.safetensors",
                        DOWNLOAD);
    }

    @Test
    void folderWithoutAConfig_saysSo() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("vae"));

        assertThatThrownBy(() -> AutoencoderConfig.read(empty))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(empty + ": no config.json", DOWNLOAD);
    }
}
