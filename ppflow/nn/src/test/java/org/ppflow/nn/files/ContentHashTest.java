package org.ppflow.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {
    @TempDir
    private Path folder;

    private Path content;

    @BeforeEach
    void makeContent() throws IOException {
        content = Files.createDirectories(folder.resolve("content"));
        Files.writeString(Files.createDirectories(content.resolve("inner")).resolve("a"), "a");
        Files.writeString(content.resolve("b"), "b");
    }

    @Test
    void ofAFolder_changesWithNamesAndContents() throws IOException {
        String before = ContentHash.of(content);

        Files.writeString(content.resolve("b"), "c");
        String changed = ContentHash.of(content);
        Files.move(content.resolve("b"), content.resolve("c"));

        assertThat(changed).isNotEqualTo(before);
        assertThat(ContentHash.of(content)).isNotIn(before, changed);
    }

    /** Not that of a folder without files, which all links would share. */
    @Test
    void ofALinkToAFolder_isThatOfTheFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), content);

        assertThat(ContentHash.of(link)).isEqualTo(ContentHash.of(content));
    }

    @Test
    void ofAFolder_coversWhatLinksInItLeadTo() throws IOException {
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("inner"), content.resolve("inner"));
        Files.createSymbolicLink(linked.resolve("b"), content.resolve("b"));

        assertThat(ContentHash.of(linked)).isEqualTo(ContentHash.of(content));
    }

    @Test
    void ofAFolderThatLeadsIntoItself_isRefused() throws IOException {
        Files.createSymbolicLink(content.resolve("round"), content);

        assertThatThrownBy(() -> ContentHash.of(content)).isInstanceOf(IOException.class);
    }
}
