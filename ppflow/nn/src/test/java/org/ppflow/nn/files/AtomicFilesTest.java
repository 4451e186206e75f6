package org.ppflow.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void write_makesParentsAndReplacesWhatWasThere() throws IOException {
        Path target = folder.resolve("a/b/file.txt");

        AtomicFiles.writeText(target, "first, and long");
        AtomicFiles.writeText(target, "zweite ü");

        assertThat(target).hasContent("zweite ü");
        assertThat(names(target.getParent())).containsExactly("file.txt");
    }

    @Test
    void write_thatFails_leavesTheOldFileAndNothingElse() throws IOException {
        Path target = folder.resolve("file.bin");
        AtomicFiles.writeText(target, "old");

        assertThatThrownBy(() -> AtomicFiles.write(target, out -> {
                    out.write(new byte[3 << 20]);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThatThrownBy(() -> AtomicFiles.writeChannel(target, channel -> {
                    channel.write(ByteBuffer.allocate(10));
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(target).hasContent("old");
        assertThat(names(folder)).containsExactly("file.bin");
    }

    @Test
    void write_showsTheNewContentOnlyWhenItIsComplete() throws IOException {
        Path target = folder.resolve("file.txt");
        AtomicFiles.writeText(target, "old");

        AtomicFiles.write(target, out -> {
            out.write("new".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(target).hasContent("old");
        });

        assertThat(target).hasContent("new");
    }

    @Test
    void write_replacesWhatAKilledWriterLeft() throws IOException {
        Path target = folder.resolve("file.txt");
        Files.writeString(folder.resolve("file.txt" + AtomicFiles.UNFINISHED), "much older and longer text");

        AtomicFiles.writeText(target, "new");

        assertThat(target).hasContent("new");
        assertThat(names(folder)).containsExactly("file.txt");
    }

    @Test
    void writeFolder_appearsWhole() throws IOException {
        Path target = folder.resolve("checkpoints/100");
        Path leftover = Files.createDirectories(folder.resolve("checkpoints/100" + AtomicFiles.UNFINISHED + "/x"));
        Files.writeString(leftover.resolve("old"), "of a killed run");

        AtomicFiles.writeFolder(target, inside -> {
            assertThat(target).doesNotExist();
            Files.createDirectories(inside.resolve("deep"));
            Files.writeString(inside.resolve("deep/a"), "1");
        });

        assertThat(target.resolve("deep/a")).hasContent("1");
        assertThat(names(target)).containsExactly("deep");
        assertThat(names(target.getParent())).containsExactly("100");
    }

    @Test
    void writeFolder_thatFails_leavesNothing() throws IOException {
        Path target = folder.resolve("100");

        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, inside -> {
                    Files.writeString(inside.resolve("a"), "1");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(names(folder)).isEmpty();
    }

    @Test
    void writeFolder_doesNotReplaceAFullFolder() throws IOException {
        Path target = Files.createDirectories(folder.resolve("100"));
        Files.writeString(target.resolve("a"), "kept");

        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, inside -> Files.writeString(inside.resolve("b"), "")))
                .isInstanceOfAny(FileAlreadyExistsException.class, FileSystemException.class);

        assertThat(target.resolve("a")).hasContent("kept");
        assertThat(names(folder)).containsExactly("100");
    }

    @Test
    void replaceFolder_keepsTheOldOneUntilTheNewOneIsWhole() throws IOException {
        Path target = folder.resolve("pictures");
        AtomicFiles.replaceFolder(target, made -> Files.writeString(made.resolve("a"), "old"));
        assertThatThrownBy(() -> AtomicFiles.replaceFolder(target, made -> {
                    Files.writeString(made.resolve("b"), "half");
                    throw new IOException("cut off");
                }))
                .hasMessage("cut off");
        assertThat(target.resolve("a")).hasContent("old");
        // What a kill between the two renames leaves.
        Files.move(target, folder.resolve("pictures.old"));
        Files.createDirectories(folder.resolve("pictures.new"));
        AtomicFiles.replaceFolder(target, made -> Files.writeString(made.resolve("b"), "new"));
        assertThat(target.resolve("b")).hasContent("new");
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).containsExactly(target);
        }
    }

    @Test
    void deleteRecursively_removesLinksAndNotWhatTheyPointAt() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "kept");
        Path inside = Files.createDirectories(folder.resolve("inside/deep"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        Files.createSymbolicLink(inside.resolve("file-link"), outside.resolve("precious"));
        Files.createSymbolicLink(inside.resolve("dangling"), folder.resolve("nowhere"));

        AtomicFiles.deleteRecursively(folder.resolve("inside"));

        assertThat(outside.resolve("precious")).hasContent("kept");
        assertThat(names(folder)).containsExactly("outside");
    }

    @Test
    void deleteRecursively_ofALink_removesTheLinkOnly() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

        AtomicFiles.deleteRecursively(link);
        AtomicFiles.deleteRecursively(folder.resolve("nothing"));

        assertThat(names(folder)).containsExactly("outside");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
