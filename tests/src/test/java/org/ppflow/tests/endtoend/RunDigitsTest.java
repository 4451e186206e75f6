package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSources;
import org.ppflow.data.source.PictureStream;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/** {@code evaluate} of digits as PNG files of 28 × 28, against a run whose digits have black around them to 32 × 32. */
class RunDigitsTest {
    private static final int DIGITS = 40;
    private static final int SMALL = 28;
    private static final int SIDE = 32;

    @TempDir
    private Path folder;

    private Path files;
    private Path array;
    private Outcome made;

    @BeforeEach
    void writeDigits() throws IOException {
        files = Files.createDirectories(folder.resolve("digits"));
        byte[] padded = new byte[DIGITS * SIDE * SIDE];
        try (PictureStream stream = PictureSources.open("mnist-t10k").open(0)) {
            for (int i = 0; i < DIGITS; i++) {
                PictureEntry entry = stream.next();
                Picture picture = entry.decode().picture();
                BufferedImage image = new BufferedImage(SMALL, SMALL, BufferedImage.TYPE_BYTE_GRAY);
                image.getRaster().setDataElements(0, 0, SMALL, SMALL, picture.pixels());
                ImageIO.write(
                        image, "png", files.resolve("%05d.png".formatted(i)).toFile());
                byte[] framed = new CentrePadding(SIDE).frame(picture, "digit").pixels();
                System.arraycopy(framed, 0, padded, i * SIDE * SIDE, SIDE * SIDE);
            }
        }
        array = folder.resolve("padded.npz");
        Npz.write(
                array,
                Npz.Compression.STORED,
                List.of(TensorSource.unsignedBytes("arr_0", new int[] {DIGITS, SIDE, SIDE, 1}, padded)));
        Path config = Files.writeString(folder.resolve("digits.yaml"), """
                name: digits
                schedules: [sit]
                classifier: {steps: 5, batch: 8}
                model: {depth: 1, hidden: 16, heads: 2}
                training: {images: 8, batch: 4}
                sampling: {count: 8, steps: 2, batch: 4}
                """);
        made = CommandLineRun.run("run", config, "--runs", folder.resolve("runs"));
        assertThat(made.code()).as(made.err()).isZero();
    }

    @Test
    void smallDigits_areScoredAsTheRunsOwn_withBlackAroundThem_andInNoOtherWay() throws IOException {
        Outcome asTheyAre = evaluate(files);
        assertThat(asTheyAre.code()).isEqualTo(2);
        assertThat(asTheyAre.err())
                .contains("28x28x1", "expected 32x32x1", "--pad 32")
                .doesNotContain("--crop");

        Outcome enlarged = evaluate(files, "--crop", "32");
        assertThat(enlarged.code()).isEqualTo(2);
        assertThat(enlarged.err()).contains("00000.png: a picture of 28x28", "enlarges to 32", "--pad 32");

        Evaluation padded = scores(evaluate(files, "--pad", "32"));
        Evaluation expected = scores(evaluate(array));
        assertThat(padded.protocol("exact").metrics())
                .isEqualTo(expected.protocol("exact").metrics());
    }

    /** Every fifth picture of the 10,000 is kept out; counted over their labels by another program. */
    @Test
    void theReference_hasTheClassesOfItsDigits_andSamplesWithoutSuchHaveNone() throws IOException {
        Evaluation scores = scores(evaluate(array));

        assertThat(scores.classes())
                .extracting(row -> row.figures().get("reference_count"))
                .containsExactly(179.0, 253.0, 218.0, 189.0, 192.0, 154.0, 187.0, 206.0, 216.0, 206.0);
        assertThat(scores.classes())
                .allSatisfy(row -> assertThat(row.figures())
                        .containsKey("recall")
                        .doesNotContainKeys("sample_count", "precision", "agreed"));
    }

    /** Standard error may be thrown away: eight samples are fewer than the values of a feature, and every fifth of forty digits is in the reference. */
    @Test
    void whatIsFoundInTheSamples_standsBelowTheTableOfTheRun_andOfTheirScores() throws IOException {
        assertThat(made.out()).contains("! sit: 8 pictures for 64 features");

        Outcome scored = evaluate(array);
        assertThat(scored.out().lines().filter(line -> line.startsWith("! ")))
                .first()
                .asString()
                .contains("8 of 40 pictures are in the reference");
    }

    private Evaluation scores(Outcome outcome) throws IOException {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return CommandLineRun.scores(folder);
    }

    private Outcome evaluate(Path samples, String... more) {
        return CommandLineRun.evaluate(folder, "digits", samples, more);
    }
}
