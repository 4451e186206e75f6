package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ppflow.data.source.PictureTree.add;
import static org.ppflow.data.source.PictureTree.png;
import static org.ppflow.data.source.PictureTree.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    private Path tree(String... files) throws IOException {
        return PictureTree.of(folder.resolve("tree"), files);
    }

    private Path tar(PictureTree.Content content) throws IOException {
        return PictureTree.tar(folder.resolve("archive.tar"), content);
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

    /** A data set often lies behind a link to another disk. */
    @Test
    void open_followsALinkToTheTreeItself_andPassesOverWhatMacsLeave() throws IOException {
        Path tree = tree("a/1.png", "a/._1.png", "b/1.png");
        Path link = Files.createSymbolicLink(folder.resolve("link"), tree);

        assertThat(sources(PictureSources.open(link.toString()))).containsExactly("0 a/1.png", "1 b/1.png");
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
