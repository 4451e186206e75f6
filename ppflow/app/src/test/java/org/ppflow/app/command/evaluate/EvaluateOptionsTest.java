package org.ppflow.app.command.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Ppflow;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;

/** What {@code evaluate} refuses before a network is opened: the network's file here is none, and nothing notices. */
class EvaluateOptionsTest {
    @TempDir
    Path folder;

    private Path network;
    private Path samples;
    private Path larger;

    @BeforeEach
    void makeFiles() throws IOException {
        network = Files.writeString(folder.resolve("network.pb"), "opened by nobody");
        samples = npz("samples.npz", 3, 8);
        larger = npz("larger.npz", 9, 16);
    }

    @Test
    void optionsThatWouldBeIgnored_areRefused() {
        Path file = folder.resolve("out.npz");
        assertRefused(
                "--make-reference: both it and --reference; expected one: a reference is made of --samples",
                "--make-reference",
                file,
                "--reference",
                larger);
        assertRefused(
                "--make-reference: both it and --shard; expected one", "--make-reference", file, "--shard", "0/2");
        assertRefused("--overwrite: only with --make-reference", "--reference", larger, "--overwrite");
        assertRefused("the protocol adm alone", "--reference", larger, "--protocol", "adm", "--more", "kid");
        assertRefused("the protocol adm alone", "--reference", larger, "--protocol", "adm", "--classifier", "x");
        assertRefused("--network " + network + ": --spatial", "--reference", larger, "--spatial", "x");
        assertRefused("no such protocol", "--reference", larger, "--protocol", "amd");
        assertRefused("--crop 8: no PNG or JPEG files", "--reference", larger, "--crop", "8");
        assertRefused("--crop 8 --pad 8: both", "--reference", larger, "--crop", "8", "--pad", "8");
        assertRefused("--pad 0: no size of a picture", "--reference", larger, "--pad", "0");
    }

    @Test
    void optionsOfSampling_areRefusedBesideSamples() {
        assertRefused("--solver: only with --weights FILE", "--reference", larger, "--solver", "foo");
        assertRefused(
                "--guidance: only with --weights FILE, which samples are drawn from; leave it out, and --classes,"
                        + " --noise, --decode, --count",
                "--guidance",
                3,
                "--classes",
                "foo",
                "--noise",
                "nofile.npz",
                "--decode",
                "--count",
                10,
                "--reference",
                larger);
        assertRefused("--config: only with --weights FILE", "--reference", larger, "--config", "x.json");
    }

    @Test
    void optionsThatReadingAndTheNetworkHaveToo_areNotRefusedBesideSamples() {
        // What is refused comes after it.
        assertRefused(
                "samples.npz: 3 pictures; expected more than k",
                "--reference",
                larger,
                "--threads",
                1,
                "--precision",
                "fp32",
                "--autoencoder",
                folder);
    }

    @Test
    void placesThatCannotBeWritten_areRefused() throws IOException {
        assertRefused("--make-reference " + folder + ": a folder", "--make-reference", folder);
        assertRefused(
                "a folder; expected a name for a file",
                "--reference",
                larger,
                "--nearest",
                2,
                "--nearest-grid",
                folder);
        List<Object> arguments = new ArrayList<>(List.of(
                "evaluate", "--samples", samples, "--network", network, "--reference", larger, "--cache", network));
        assertThat(run(arguments.toArray())).contains("--cache " + network + ": a file; expected a folder");
    }

    @Test
    void setThatIsNotThere_isNamedByItsOption() {
        Path missing = folder.resolve("missing.npz");
        assertRefused("ppflow: --reference " + missing + ": no such file or folder", "--reference", missing);
        assertThat(run("evaluate", "--samples", missing, "--reference", larger, "--network", network))
                .startsWith("ppflow: --samples " + missing + ": no such file or folder");
    }

    /** The network would be needed for one that may be the same, so it is refused before the network is opened. */
    @Test
    void fileThatIsNotTheReference_isNotReplacedByOne() throws IOException {
        byte[] before = Files.readAllBytes(larger);
        assertRefused(
                "--make-reference " + larger + ": a file that is not the reference of these pictures; expected a free",
                "--make-reference",
                larger);
        assertRefused("give --overwrite to replace it", "--make-reference", network);
        assertThat(larger).hasBinaryContent(before);
    }

    @Test
    void gridThatCannotBe_isRefusedBeforeTheScores() {
        Path grid = folder.resolve("grid.png");
        assertRefused("too small or too large a number", "--reference", larger, "--nearest", 0, "--nearest-grid", grid);
        assertRefused(
                "samples of 8x8x3 beside pictures of 16x16x3",
                "--reference",
                larger,
                "--nearest",
                2,
                "--nearest-grid",
                grid);
    }

    @Test
    void tooFewSamples_areRefusedBeforeAnythingIsRead() {
        assertRefused("samples.npz: 3 pictures; expected more than k", "--reference", larger);
    }

    /** Photographs as the reference, samples in the file that a sampler wrote. */
    @Test
    void crop_isForTheSetThatIsOfPictureFiles() throws IOException {
        Path photographs = Files.createDirectory(folder.resolve("photographs"));
        for (int i = 0; i < 4; i++) {
            ImageIO.write(
                    new BufferedImage(20 + i, 30, BufferedImage.TYPE_INT_RGB),
                    "png",
                    photographs.resolve(i + ".png").toFile());
        }

        // Both sets open: what is refused comes after it.
        assertRefused("samples.npz: 3 pictures; expected more than k", "--reference", photographs, "--crop", 8);
    }

    @Test
    void aFolderOfAnNpz_isNotAFolderOfPictures_andTheNpzIsNamed() {
        assertThat(run(
                        "evaluate",
                        "--samples",
                        folder,
                        "--reference",
                        larger,
                        "--network",
                        network,
                        "--cache",
                        folder.resolve("cache")))
                .contains("no images among", "name the file of arrays itself: " + folder.resolve("larger.npz"));
    }

    /** Digits get black around them: pictures that a crop enlarges would be of another kind. */
    @Test
    void crop_enlargesNothingBesideDigits() throws IOException {
        Path small = Files.createDirectory(folder.resolve("small"));
        ImageIO.write(
                new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                small.resolve("0.png").toFile());

        assertThat(run(
                        "evaluate",
                        "--samples",
                        small,
                        "--reference",
                        "mnist-t10k",
                        "--network",
                        network,
                        "--crop",
                        32,
                        "--cache",
                        folder.resolve("cache")))
                .contains("0.png: a picture of 28x28 pixels, which a crop enlarges to 32", "--pad 32");
    }

    private void assertRefused(String said, Object... options) {
        List<Object> arguments = new ArrayList<>(
                List.of("evaluate", "--samples", samples, "--network", network, "--cache", folder.resolve("cache")));
        arguments.addAll(Arrays.asList(options));
        assertThat(run(arguments.toArray())).contains(said);
    }

    private static String run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Ppflow.create(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
        return err.toString();
    }

    private Path npz(String name, int count, int side) throws IOException {
        byte[] pixels = new byte[count * side * side * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31);
        }
        Path file = folder.resolve(name);
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(TensorSource.unsignedBytes("arr_0", new int[] {count, side, side, 3}, pixels)));
        return file;
    }
}
