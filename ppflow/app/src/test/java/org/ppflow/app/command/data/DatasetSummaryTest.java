package org.ppflow.app.command.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.DataConfig;
import org.ppflow.data.arrow.ChannelStatistics;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
import org.ppflow.data.arrow.Split;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.source.Part;

class DatasetSummaryTest {
    private static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    @Test
    void text_roundsTheShift_whichJsonHasExactly() {
        DatasetSummary summary = summary("", DIGITS);

        assertThat(text(summary)).contains("(z - shift) * 1.79940, shift [-0.1234568, 0, 0, 0]");
        assertThat(summary.json().toString()).contains("5.149960319306146E-19", "-0.12345678901");
    }

    @Test
    void text_namesSomeClasses_andSaysThatThereAreMore() {
        assertThat(text(summary("", DIGITS))).contains("10: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\n");
        List<String> many =
                IntStream.range(0, 1000).mapToObj(label -> "n" + label).toList();
        assertThat(text(summary("", many)))
                .contains("1000: n0, n1, ", "n11, … (--json has all)")
                .doesNotContain("n12");
    }

    @Test
    void theBlockForAConfig_isReadAsTheDataSet() {
        DataConfig data = ConfigReader.parse(
                        "mine.yaml",
                        "name: mine\nschedules: [ppf-2]\n"
                                + summary("ab".repeat(32), DIGITS).block(),
                        List.of())
                .data();

        assertThat(data.encoded()).contains(Path.of("my \"own\": data"));
        assertThat(data.latentShape()).isEqualTo(new LatentShape(4, 16, 16));
        assertThat(data.classes()).isEqualTo(10);
        assertThat(data.autoencoder()).isEmpty();
    }

    @Test
    void theBlockForAConfig_saysWhichAutoencoderItNeeds_whereItNeedsOne() {
        assertThat(summary("ab".repeat(32), DIGITS).block()).contains("# autoencoder: FOLDER  (that of haar");
        assertThat(summary("", DIGITS).block()).doesNotContain("autoencoder");
    }

    private static String text(DatasetSummary summary) {
        StringWriter text = new StringWriter();
        summary.print(new PrintWriter(text));
        return text.toString();
    }

    private static DatasetSummary summary(String autoencoderSha256, List<String> classes) {
        ChannelStatistics channel = new ChannelStatistics(1, 0, 1, -1, 1);
        return new DatasetSummary(
                Path.of("my \"own\": data"),
                new Manifest(
                        new DatasetDescription(
                                StoredKind.LATENTS,
                                ValueType.FLOAT32,
                                List.of(4, 16, 16),
                                false,
                                "haar",
                                autoencoderSha256,
                                List.of(-0.12345678901, 5.149960319306146E-19, 0.0, -1e-9),
                                1.7994,
                                32,
                                1,
                                "padded",
                                classes,
                                "mnist",
                                "cd".repeat(32),
                                new Split(Part.ALL, 0, 0)),
                        List.of(channel, channel, channel, channel),
                        List.of(new ShardEntry("latents-0.arrow", 1, 1, "ef".repeat(32)))));
    }
}
