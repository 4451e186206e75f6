package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ppflow.data.source.PictureTree.add;
import static org.ppflow.data.source.PictureTree.png;
import static org.ppflow.data.source.PictureTree.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.picture.PictureDecoder;
import org.ppflow.nn.errors.BadInputException;

/** Which files of a tree or an archive are pictures, and of which class. */
class ClassFoldersTest {
    @TempDir
    private Path folder;

    private Path tree(String... files) throws IOException {
        return PictureTree.of(folder.resolve("tree"), files);
    }

    private Path tar(PictureTree.Content content) throws IOException {
        return PictureTree.tar(folder.resolve("archive.tar"), content);
    }

    @Test
    void aPictureInNoFolder_isRefusedByItsName() throws IOException {
        Path flat = tree("00007.png", "00010.png");
        assertThatThrownBy(() -> PictureSources.open(flat.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("tree: 00007.png: a picture in no folder; expected a folder a class")
                .hasMessageEndingWith("into the folder of its class");
        tree("one/1.png", "two/2.png");
        assertThatThrownBy(() -> PictureSources.open(flat.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("tree: 00007.png: a picture in no folder");
    }

    /** As ImageNet's validation pictures come, and archives of its training pictures. */
    @Test
    void picturesInNoFolder_areOfTheWordNetIdInTheirNames() throws IOException {
        Path flat = tree("ILSVRC2012_val_00000001_n02.png");
        assertThatThrownBy(() -> PictureSources.open(flat.toString())).isInstanceOf(BadInputException.class);
        Files.delete(flat.resolve("ILSVRC2012_val_00000001_n02.png"));
        tree("ILSVRC2012_val_00000002_n01440764.png", "n01443537_7.png", "ILSVRC2012_val_00000001_n01443537.png");

        assertThat(sources(PictureSources.open(flat.toString())))
                .containsExactly(
                        "0 n01440764/ILSVRC2012_val_00000002_n01440764.png",
                        "1 n01443537/ILSVRC2012_val_00000001_n01443537.png",
                        "1 n01443537/n01443537_7.png");
    }

    /** As bsdtar names the entries of a zip. */
    @Test
    void entriesThatBeginWithTheWorkingFolder_areNotHidden() throws IOException {
        Path archive = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String name :
                    List.of("./one/1.png", "./two/1.png", "./two/.x.png", "./labels.txt", "./__MACOSX/one/._1.png")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(png(3));
                zip.closeEntry();
            }
        }

        assertThat(sources(PictureSources.open(archive.toString()))).containsExactly("0 one/1.png", "1 two/1.png");
        try (PictureFiles files = PictureFiles.open(archive)) {
            assertThat(files.count()).isEqualTo(2);
        }
    }

    /** Notebooks leave copies of pictures in {@code .ipynb_checkpoints}, which would be pictures a second time, or a class. */
    @Test
    void whatIsHidden_isNotLookedAt() throws IOException {
        Path tree = tree(
                "one/1.png",
                "one/.ipynb_checkpoints/1-checkpoint.png",
                "two/1.png",
                "two/._1.png",
                ".ipynb_checkpoints/x.png",
                ".git/objects/x",
                "__MACOSX/one/._1.png");
        Files.createDirectories(tree.resolve(".git/refs/tags"));
        Files.createDirectories(tree.resolve("one/.empty"));

        assertThat(sources(PictureSources.open(tree.toString()))).containsExactly("0 one/1.png", "1 two/1.png");

        Path other = Files.createDirectories(tree.resolve("three/.ipynb_checkpoints"))
                .getParent();
        assertThatThrownBy(() -> PictureSources.open(tree.toString()))
                .hasMessageContaining(other + ": an empty folder; expected pictures of a class");

        Path archive = tar(tar -> {
            add(tar, "one/1.png", png(3));
            add(tar, "one/.ipynb_checkpoints/1-checkpoint.png", png(3));
            add(tar, "two/1.png", png(3));
            add(tar, ".ipynb_checkpoints/x.png", png(3));
        });
        assertThat(sources(PictureSources.open(archive.toString()))).containsExactly("0 one/1.png", "1 two/1.png");
    }

    /** As text: 10 before 9; by code points: U+FFFD before U+1F600, which Java's own order turns round. */
    @Test
    void open_sortsClassesAndFilesByCodePoints() throws IOException {
        Path tree = tree(
                "b/9.png", "b/10.png", "b/\uFFFD.png", "b/\uD83D\uDE00.png", "a/x/y.png", "B/z.jpg", "LICENCE.png.txt");

        assertThat(sources(PictureSources.open(tree.toString())))
                .containsExactly(
                        "0 B/z.jpg",
                        "1 a/x/y.png",
                        "2 b/10.png",
                        "2 b/9.png",
                        "2 b/\uFFFD.png",
                        "2 b/\uD83D\uDE00.png");
    }

    @Test
    void open_refusesFilesThatAreNoPictures_namingAllAtOnce() throws IOException {
        Path tree = tree("a/1.png", "a/notes.gif", "a/x.webp", "a/.hidden", "b/2.png", "licence.txt");

        assertThatThrownBy(() -> PictureSources.open(tree.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(
                        "2 files that are no pictures by name: a/notes.gif, a/x.webp;", "--on-error skip");
    }

    @Test
    void filesThatAreNoPictures_areLeftOutWhereThatIsAsked_andListed() throws IOException {
        Path tree = tree("a/1.png", "a/notes.gif", "b/2.png");
        SourceOptions options =
                new SourceOptions(PictureDecoder.published(), Optional.empty(), Optional.of(false), true);

        PictureSource source = PictureSources.open(tree.toString(), options);

        assertThat(source.size()).isEqualTo(2);
        assertThat(source.leftOut()).containsExactly("a/notes.gif");
        Files.delete(tree.resolve("a/notes.gif"));
        assertThat(source.sha256())
                .isEqualTo(PictureSources.open(tree.toString()).sha256());
    }

    @Test
    void aFolderOfOtherFilesAlone_isRefused_sinceLabelsAfterItWouldBeOthers() throws IOException {
        Path tree = tree("a/1.png", "b/1.webp", "c/1.png");
        SourceOptions options = new SourceOptions(PictureDecoder.published(), Optional.empty(), Optional.empty(), true);

        assertThatThrownBy(() -> PictureSources.open(tree.toString(), options))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(": b: no picture by name in it", "move the folder away");
    }

    @Test
    void open_readsNamesOfClasses() throws IOException {
        Path tree = tree("n02/1.png", "n01/1.png");
        Path list = folder.resolve("names.txt");
        SourceOptions options =
                new SourceOptions(PictureDecoder.published(), Optional.of(list), Optional.of(false), false);

        Files.writeString(list, "n02 tench, Tinca tinca\nn01 goldfish\nn03 shark\n");
        PictureSource byId = PictureSources.open(tree.toString(), options);
        assertThat(byId.classNames()).containsExactly("goldfish", "tench, Tinca tinca");
        assertThat(byId.mirror()).isFalse();
        Files.writeString(list, "goldfish\ntench\n");
        assertThat(PictureSources.open(tree.toString(), options).classNames()).containsExactly("goldfish", "tench");
        Files.writeString(list, "goldfish\n");
        assertThatThrownBy(() -> PictureSources.open(tree.toString(), options))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("names.txt", "1 lines");
    }

    @Test
    void open_refusesAnEmptyFolder_whichWouldShiftTheClasses() throws IOException {
        Path tree = tree("a/1.png", "c/1.png");
        Files.createDirectories(tree.resolve("b"));

        assertThatThrownBy(() -> PictureSources.open(tree.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("b: an empty folder");
    }
}
