package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.picture.PictureDecoder;
import org.ppflow.nn.errors.BadInputException;

class PhotographSourceTest {
    @TempDir
    private Path folder;

    private static byte[] png(int width) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, 5, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    private Path tree(String... files) throws IOException {
        for (String file : files) {
            Path path = folder.resolve("tree").resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, png(3));
        }
        return folder.resolve("tree");
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }

    private Path tar(Content content) throws IOException {
        Path file = folder.resolve("archive.tar");
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            content.writeTo(tar);
        }
        return file;
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static List<String> sources(PictureSource source) throws IOException {
        List<String> found = new ArrayList<>();
        try (PictureStream stream = source.open(0)) {
            for (PictureEntry entry = stream.next(); entry != null; entry = stream.next()) {
                found.add(entry.label() + " " + entry.source());
            }
        }
        return found;
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
    void onePicture_isToldAsThat_andNotAsABrokenArchive() throws IOException {
        Path tree = tree("a/1.png");

        assertThatThrownBy(() -> PictureSources.open(tree.resolve("a/1.png").toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("one picture, a PNG", "a folder a class");
    }

    @Test
    void open_refusesLinksInATree() throws IOException {
        Path tree = tree("a/1.png");
        Files.createSymbolicLink(tree.resolve("a/2.png"), tree.resolve("a/1.png"));

        assertThatThrownBy(() -> PictureSources.open(tree.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("2.png", "a link");
    }

    @Test
    void decode_namesTheDamagedFile() throws IOException {
        Path tree = tree("a/1.png");
        byte[] whole = png(200);
        Files.write(tree.resolve("a/2.png"), Arrays.copyOf(whole, whole.length / 2));

        try (PictureStream stream = PictureSources.open(tree.toString()).open(1)) {
            PictureEntry entry = stream.next();
            assertThatThrownBy(entry::decode)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContainingAll("a/2.png", "damaged PNG");
        }
    }

    /** 40 000 × 40 000 pixels in a hundred bytes of header: refused before a decoder sees them. */
    @Test
    void decode_refusesABomb() throws IOException {
        byte[] bomb = png(3);
        bomb[18] = (byte) 0x9C;
        bomb[19] = 0x40;
        bomb[22] = (byte) 0x9C;
        bomb[23] = 0x40;

        assertThatThrownBy(() -> PictureDecoder.published().decode(bomb, "bomb.png"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("bomb.png", "40000x40000", "at most 178956970");
        assertThatThrownBy(() -> new PictureDecoder(false, 14).decode(png(3), "small.png"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("at most 14 pixels");
    }

    @Test
    void tar_readsLongNamesOfEitherKind() throws IOException {
        String longName = "class/" + "n".repeat(150) + ".png";
        for (int mode : new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
            Path file = tar(tar -> {
                tar.setLongFileMode(mode);
                add(tar, longName, png(4));
                add(tar, "./class/a.png", png(3));
            });

            assertThat(sources(PictureSources.open(file.toString()))).containsExactly("0 class/a.png", "0 " + longName);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.png", "a/../../outside.png", "/etc/outside.png", "a\\..\\x.png", "a//b.png"})
    void tar_refusesNamesThatLeadOutside(String name) throws IOException {
        Path file = tar(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("placeholder.png", true);
            entry.setName(name);
            entry.setSize(0);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        });
        // Commons Compress cleans names; put it back.
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, 100, (byte) 0);
        System.arraycopy(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, bytes, 0, name.length());
        repairSum(bytes);
        Files.write(file, bytes);

        assertThatThrownBy(() -> PictureSources.open(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("archive.tar", "byte 0", name);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    private static void repairSum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += header[i] & 0xFF;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 148, 8);
    }

    @Test
    void tar_refusesLinks() throws IOException {
        for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO}) {
            Path file = tar(tar -> {
                add(tar, "a/1.png", png(3));
                TarArchiveEntry link = new TarArchiveEntry("a/2.png", type);
                link.setLinkName("/etc/passwd");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            });

            assertThatThrownBy(() -> PictureSources.open(file.toString()))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("a/2.png");
        }
    }

    /** Cut anywhere, at 37-byte steps: an error, or only whole files. */
    @Test
    void tar_cutShort_isRefusedOrWhole() throws IOException {
        Path file = tar(tar -> {
            add(tar, "a/1.png", png(3));
            add(tar, "a/2.png", png(4));
        });
        byte[] whole = Files.readAllBytes(file);
        for (int length = 1; length < whole.length; length += 37) {
            Files.write(file, Arrays.copyOf(whole, length));
            try {
                PictureSource source = PictureSources.open(file.toString());
                try (PictureStream stream = source.open(0)) {
                    for (PictureEntry entry = stream.next(); entry != null; entry = stream.next()) {
                        assertThat(entry.decode().picture().height()).isEqualTo(5);
                    }
                }
            } catch (BadInputException e) {
                assertThat(e).hasMessageContaining("archive.tar");
            }
        }
    }

    /** Any byte of the headers changed: a clear error or a source that can be read, never another exception. */
    @Test
    void tar_withADamagedHeader_isRefused() throws IOException {
        Path file = tar(tar -> add(tar, "a/1.png", png(3)));
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < 512; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x41;
            Files.write(file, damaged);
            assertThatThrownBy(() -> PictureSources.open(file.toString()))
                    .as("byte " + at)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("archive.tar");
        }
    }

    @Test
    void zip_thatLies_isRefused() throws IOException {
        Path file = folder.resolve("pictures.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/../../x.png"));
            zip.write(png(3));
        }

        assertThatThrownBy(() -> PictureSources.open(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("leads outside");
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

    /** A data set often lies behind a link to another disk. */
    @Test
    void open_followsALinkToTheTreeItself_andPassesOverWhatMacsLeave() throws IOException {
        Path tree = tree("a/1.png", "a/._1.png", "b/1.png");
        Path link = Files.createSymbolicLink(folder.resolve("link"), tree);

        assertThat(sources(PictureSources.open(link.toString()))).containsExactly("0 a/1.png", "1 b/1.png");
    }

    @Test
    void open_refusesAnEmptyFolder_whichWouldShiftTheClasses() throws IOException {
        Path tree = tree("a/1.png", "c/1.png");
        Files.createDirectories(tree.resolve("b"));

        assertThatThrownBy(() -> PictureSources.open(tree.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("b: an empty folder");
    }

    /** Cut between two files: every file is whole, but some are missing. */
    @Test
    void tar_withoutItsEnd_isRefused() throws IOException {
        Path file = tar(tar -> {
            add(tar, "a/1.png", png(3));
            add(tar, "a/2.png", png(3));
        });
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 1024));

        assertThatThrownBy(() -> PictureSources.open(file.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("archive.tar", "without its end marker");
    }

    /** Extended attributes hold any bytes, line ends and zeros too. */
    @Test
    void tar_readsPaxRecordsByTheirLength() throws IOException {
        String name = "class/" + "n".repeat(150) + ".png";
        Path file = tar(tar -> {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.addPaxHeader("SCHILY.xattr.user.note", "one\n9 path=x\n\u0000two");
            byte[] bytes = png(3);
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        });

        assertThat(sources(PictureSources.open(file.toString()))).containsExactly("0 " + name);
    }
}
