package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

class IdxSourceTest {
    private static final byte[] IMAGES = IdxBytes.idx(IdxFile.IMAGES, 24, 4, 2, 3);
    private static final byte[] LABELS = IdxBytes.idx(IdxFile.LABELS, 4, 4);

    @TempDir
    private Path folder;

    private IdxSource open(byte[] images, byte[] labels) throws IOException {
        return IdxSource.of(
                Files.write(folder.resolve("few-images-idx3-ubyte.gz"), images),
                Files.write(folder.resolve("few-labels-idx1-ubyte"), labels));
    }

    private void rejects(byte[] images, byte[] labels, String... words) {
        assertThatThrownBy(() -> open(images, labels))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void open_readsPlainFilesWhateverTheirName() throws IOException {
        IdxSource source = open(IMAGES, LABELS);

        assertThat(source.size()).isEqualTo(4);
        assertThat(source.classNames()).containsExactly("0", "1", "2", "3");
        assertThat(source.mirror()).isFalse();
        try (PictureStream stream = source.open(2)) {
            LabelledPicture third = stream.next().decode();
            assertThat(third.label()).isEqualTo(2);
            assertThat(third.source()).isEqualTo("few-images-idx3-ubyte#2");
            assertThat(third.picture().pixels()).containsExactly(12, 13, 14, 15, 16, 17);
            assertThat(third.picture().size()).isEqualTo("2x3x1");
            assertThat(third.sha256()).isEqualTo(Sha256.of(new byte[] {12, 13, 14, 15, 16, 17}));
            assertThat(stream.skip()).isTrue();
            assertThat(stream.skip()).isFalse();
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void open_readsGzipByContent_withTheSameHash() throws IOException {
        String plain = open(IMAGES, LABELS).sha256();

        assertThat(open(IdxBytes.gzip(IMAGES), IdxBytes.gzip(LABELS)).sha256()).isEqualTo(plain);
    }

    @Test
    void open_hashChangesWithOneLabel() throws IOException {
        byte[] others = LABELS.clone();
        others[others.length - 1] = 1;

        assertThat(open(IMAGES, others).sha256())
                .isNotEqualTo(open(IMAGES, LABELS).sha256());
    }

    @Test
    void open_rejectsLabelsGivenAsImages() {
        rejects(LABELS, LABELS, "few-images-idx3-ubyte.gz", "0x00000801 (labels)", "0x00000803 (images)");
    }

    @Test
    void open_rejectsImagesGivenAsLabels() {
        rejects(IMAGES, IMAGES, "few-labels-idx1-ubyte", "0x00000803 (images)", "0x00000801 (labels)");
    }

    @Test
    void open_rejectsATruncatedHeader() {
        rejects(Arrays.copyOf(IMAGES, 7), LABELS, "few-images-idx3-ubyte.gz", "truncated", "header");
    }

    @Test
    void open_rejectsAnEmptyFile() {
        rejects(new byte[0], LABELS, "few-images-idx3-ubyte.gz", "truncated");
    }

    @Test
    void open_rejectsMissingValues() {
        rejects(Arrays.copyOf(IMAGES, IMAGES.length - 1), LABELS, "4x2x3, 24 values", "only 23");
    }

    @Test
    void open_rejectsTrailingBytes() {
        rejects(Arrays.copyOf(IMAGES, IMAGES.length + 2), LABELS, "2 trailing bytes", "4x2x3, 24 values");
    }

    @Test
    void open_rejectsAnotherNumberOfLabels() {
        rejects(IMAGES, IdxBytes.idx(IdxFile.LABELS, 3, 3), "few-labels-idx1-ubyte", "3 labels", "4, one for each");
    }

    @Test
    void open_rejectsATruncatedGzip() throws IOException {
        byte[] packed = IdxBytes.gzip(IMAGES);

        rejects(Arrays.copyOf(packed, packed.length - 12), LABELS, "few-images-idx3-ubyte.gz", "gzip");
        rejects(Arrays.copyOf(packed, 5), LABELS, "few-images-idx3-ubyte.gz", "gzip");
    }

    @Test
    void open_rejectsADamagedGzip() throws IOException {
        byte[] packed = IdxBytes.gzip(IMAGES);
        packed[packed.length - 6] ^= 1; // inside the checksum

        rejects(packed, LABELS, "few-images-idx3-ubyte.gz", "gzip");
    }

    @Test
    void open_rejectsLengthsThatNoFileHas() {
        rejects(IdxBytes.idx(IdxFile.IMAGES, 0, 4, Integer.MAX_VALUE, Integer.MAX_VALUE), LABELS, "axis 1");
        rejects(IdxBytes.idx(IdxFile.IMAGES, 0, -1, 2, 3), LABELS, "length -1 of axis 0");
        rejects(IdxBytes.idx(IdxFile.IMAGES, 0, 4, 0, 3), LABELS, "length 0 of axis 1");
    }

    @Test
    void byName_findsThePairInAFolder_orByTheImageFile() throws IOException {
        open(IMAGES, LABELS);

        assertThat(PictureSources.open("idx:" + folder).size()).isEqualTo(4);
        assertThat(PictureSources.open("idx:" + folder.resolve("few-images-idx3-ubyte.gz"))
                        .size())
                .isEqualTo(4);
    }

    @Test
    void byName_fileOfLabels_isToldAsThat_withTheFileOfItsPictures() throws IOException {
        Path labels = Files.write(folder.resolve("few-labels-idx1-ubyte"), LABELS);
        Files.write(folder.resolve("few-images-idx3-ubyte"), IMAGES);

        assertThatThrownBy(() -> PictureSources.open("idx:" + labels))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("a file of labels", "give idx:" + folder.resolve("few-images-idx3-ubyte"));
        assertThatThrownBy(() -> PictureSources.requireLabels("idx:" + labels))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a file of labels");
    }

    @Test
    void byName_nameThatNamesNoLabels_saysHowBothAreNamed() throws IOException {
        Path images = Files.write(folder.resolve("digits"), IMAGES);

        assertThatThrownBy(() -> PictureSources.open("idx:" + images))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("*images-idx3*", "*labels-idx1*");
    }

    @Test
    void mirroredDigits_areStillPadded() throws IOException {
        PictureSource mirrored =
                PictureSources.open("mnist-t10k", SourceOptions.published().withMirror(true));

        assertThat(mirrored.mirror()).isTrue();
        assertThat(mirrored.padded()).isTrue();
    }

    @Test
    void byName_rejectsWhatIsNotThere() throws IOException {
        assertThatThrownBy(() -> PictureSources.open("mnist"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("'mnist'", "mnist-t10k");
        assertThatThrownBy(() -> PictureSources.open("idx:" + folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("0 files", "exactly one");
        Path alone = Files.write(folder.resolve("a-images-idx3-ubyte"), IMAGES);
        assertThatThrownBy(() -> PictureSources.open("idx:" + alone))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("no label file", "a-labels-idx1-ubyte.gz");
        Files.write(folder.resolve("b-images-idx3-ubyte"), IMAGES);
        assertThatThrownBy(() -> PictureSources.open("idx:" + folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("2 files", "a-images-idx3-ubyte");
        assertThatThrownBy(() -> PictureSources.open("idx:" + folder.resolve("nothing")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("nothing", "no such file");
    }
}
