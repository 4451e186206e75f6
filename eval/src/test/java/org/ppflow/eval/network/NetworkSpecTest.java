package org.ppflow.eval.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.errors.BadInputException;

class NetworkSpecTest {
    private static final PictureInput PICTURES =
            new PictureInput(224, 224, 3, PictureInput.Resize.BICUBIC, PictureInput.Layout.NCHW, Scaling.IMAGENET);

    @Test
    void kindOf_isTheFilesNameWithoutWhatMetricsCannotHave() {
        assertThat(NetworkSpec.kindOf(Path.of("a/DINOv2 ViT-L.pb"))).isEqualTo("dinov2-vit-l");
        assertThat(NetworkSpec.kindOf(Path.of("models/clip/"))).isEqualTo("clip");
        assertThat(NetworkSpec.kindOf(Path.of("...pb"))).isEqualTo("network");
    }

    @Test
    void kindOf_isNeverAKindOfTheToolkitsOwn() {
        assertThat(NetworkSpec.kindOf(Path.of("Inception.pb"))).isEqualTo("inception-network");
        assertThat(NetworkSpec.kindOf(Path.of("classifier"))).isEqualTo("classifier-network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inception", "classifier", "", "DINO", "a b", "-x"})
    void kind_thatWouldMisleadIsRefused(String kind) {
        assertThatThrownBy(() ->
                        new NetworkSpec(Path.of("x.pb"), kind, "x", "y", Optional.empty(), Optional.empty(), PICTURES))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'" + kind + "'");
    }

    @Test
    void scaling_ofARangeAndOfMeansMeet() {
        Scaling range = Scaling.parse("--scale", "-1..1");
        Scaling means = Scaling.parse("--scale", "0.5/0.5");
        assertThat(range.factors().get(0)).isCloseTo(means.factors().get(0), within(1e-15));
        assertThat(range.offsets().get(0)).isCloseTo(means.offsets().get(0), within(1e-15));
        assertThat(Scaling.parse("--scale", "0..255")).isEqualTo(Scaling.PIXELS);
    }

    @Test
    void scaling_ofImagenetIsZeroAtItsMeans() {
        Scaling scaling = Scaling.parse("--scale", "imagenet");
        assertThat(0.485 * 255 * scaling.factors().get(0) + scaling.offsets().get(0))
                .isCloseTo(0, within(1e-12));
        assertThat((0.406 + 0.225) * 255 * scaling.factors().get(2)
                        + scaling.offsets().get(2))
                .isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1..1", "a..b", "0.5,0.5/0.1", "0.5/0", "imagenet2", "1/2/3"})
    void scaling_thatCannotBeIsRefused(String text) {
        assertThatThrownBy(() -> Scaling.parse("--scale", text))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--scale")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void pictures_thatCannotBeAreRefused() {
        assertThatThrownBy(() -> new PictureInput(
                        224, 224, 1, PictureInput.Resize.NONE, PictureInput.Layout.NHWC, Scaling.IMAGENET))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("3 channels");
        assertThatThrownBy(() ->
                        new PictureInput(0, 224, 3, PictureInput.Resize.NONE, PictureInput.Layout.NHWC, Scaling.PIXELS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("0x224");
    }
}
