package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;

class PictureFilesTest {
    @TempDir
    private Path folder;

    /** What is in them is not looked at: each holds its own name. */
    private Path tree(String... files) throws IOException {
        Path tree = folder.resolve("tree");
        for (String file : files) {
            Path path = tree.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        return tree;
    }

    private static List<String> files(PictureFiles pictures) {
        return IntStream.range(0, pictures.count()).mapToObj(pictures::file).toList();
    }

    @Test
    void flatFolder_isSortedByNameAndHasNoClasses() throws IOException {
        try (PictureFiles pictures = PictureFiles.open(tree("10.png", "9.JPG", "0.jpeg", "list.txt", "._9.JPG"))) {
            assertThat(files(pictures)).containsExactly("0.jpeg", "10.png", "9.JPG");
            assertThat(pictures.labels()).isEmpty();
            assertThat(pictures.classNames()).isEmpty();
            assertThat(pictures.read(1)).isEqualTo("10.png".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void foldersBelowWhatAllShare_areClassesInTheOrderOfTheirNames() throws IOException {
        try (PictureFiles pictures = PictureFiles.open(
                tree("set/train/a/2.png", "set/train/a-b/1.png", "set/train/a/deep/1.png", "set/train/B/1.png"))) {
            assertThat(files(pictures))
                    .containsExactly(
                            "set/train/B/1.png", "set/train/a/2.png", "set/train/a/deep/1.png", "set/train/a-b/1.png");
            assertThat(pictures.classNames()).containsExactly("B", "a", "a-b");
            assertThat(pictures.labels()).hasValue(new int[] {0, 1, 1, 2});
        }
    }

    @Test
    void picturesBesideFolders_haveNoClasses() throws IOException {
        try (PictureFiles pictures = PictureFiles.open(tree("a/1.png", "b/1.png", "c.png"))) {
            assertThat(pictures.count()).isEqualTo(3);
            assertThat(pictures.labels()).isEmpty();
        }
    }

    @Test
    void oneFolderOfSamples_isNoClass() throws IOException {
        try (PictureFiles pictures = PictureFiles.open(tree("samples/1.png", "samples/2.png"))) {
            assertThat(pictures.labels()).isEmpty();
        }
    }

    @Test
    void splitsOfADataSet_areNotMixed() throws IOException {
        Path tree = tree("train/a/1.png", "val/a/1.png");
        assertThatThrownBy(() -> PictureFiles.open(tree))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("the splits [train, val]");
    }

    @Test
    void whatCannotBeRead_isRefused() throws IOException {
        Path none = tree("list.txt");
        assertThatThrownBy(() -> PictureFiles.open(none))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no images among 1 files");
        Path other = tree("1.png", "2.tiff");
        assertThatThrownBy(() -> PictureFiles.open(other))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2.tiff");
    }

    @Test
    void checksums_areThoseOfAZip() throws IOException {
        String first = checksums("a");
        assertThat(checksums("a")).isEqualTo(first);
        assertThat(checksums("b")).isNotEqualTo(first);
        try (PictureFiles pictures = PictureFiles.open(tree("1.png"))) {
            assertThat(pictures.checksums()).isEmpty();
        }
    }

    private String checksums(String content) throws IOException {
        Path file = folder.resolve("pictures.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("1.png"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        try (PictureFiles pictures = PictureFiles.open(file)) {
            return pictures.checksums();
        }
    }
}
