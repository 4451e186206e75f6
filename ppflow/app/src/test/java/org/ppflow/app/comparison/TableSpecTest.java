package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.errors.BadInputException;

class TableSpecTest extends TableFiles {
    @Test
    void mistakesInATable_areNamedWithTheirPlace() throws IOException {
        assertMistake(TABLE.replace("cell: grown", "cell: gone"), "no cell 'gone'");
        assertMistake(
                TABLE.replace("{small: {config: small.yaml, cell: SiT}}", "{smal: {config: small.yaml}}"),
                "table.yaml",
                "'smal' is none of the blocks");
        assertMistake(TABLE.replace("inception_score: IS", "inception_scor: IS"), "did you mean 'inception_score'");
        assertMistake(
                TABLE.replace("config: small.yaml, cell: grown", "config: smal.yaml, cell: grown"),
                "smal.yaml",
                "seen from the table's file");
        assertMistake("name: a run\nschedules: [sit]\n", "unknown key 'name'", "expected one of title");
        assertMistake("records: []\n", "title", "has title, blocks and rows");
        assertMistake(TABLE.replace("kind: full", "kind: ful"), "table.yaml:6", "'ful'");
        assertMistake(TABLE.replace("titel", "title").replace("title: T", "titel: T"), "did you mean 'title'");
        assertMistake(TABLE.replace("than: SiT-B/2}", "than: SiT}"), "claims[0]");
        assertMistake(
                TABLE.replace("published: SiT-B/2 7M", "published: SiT-B/2 8M"),
                "row 'SiT-B/2', published: SiT-B/2 8M");
        assertMistake(TABLE.replace("column: fid", "column: fd"), "footnotes[0].column", "'fd' is none of the columns");
        assertMistake(TABLE.replace("{row: PPF-B-2", "{row: grown"), "footnotes[0].row", "no published numbers");
        assertMistake(
                TABLE.replace("than: SiT-B/2}", "than: SiT-B/2, metric: {smal: fid}}"),
                "claims[0].metric",
                "'smal' is none of the blocks");
        assertMistake(
                TABLE.replace("than: SiT-B/2}", "than: SiT-B/2, metric: {full: fyd}}"),
                "claim 'At equal images'",
                "did you mean 'fid'");
        assertMistake(
                TABLE.replace("cell: grown", "cell: grown, point: {seed: '0'}"), "point: seed", "means are taken");
        assertMistake(
                TABLE.replace("cell: grown", "cell: grown, point: {training.images: '5'}"),
                "point: training.images",
                "no axis");
        assertMistake(
                TABLE.replace("kind: full", "costs: []").replace("costs: [p", "#"), "blocks[0].kind", "must be there");
        assertMistake(TABLE.replace("{config: small.yaml, cell: grown}", "{cell: grown}"), "config", "must be there");
        assertMistake(TABLE.replace(", column: fid", ""), "footnotes[0].column", "must be there");
    }

    private void assertMistake(String table, String... messages) throws IOException {
        Files.writeString(folder.resolve("table.yaml"), table);
        assertThatThrownBy(this::fill)
                .isInstanceOf(BadInputException.class)
                .message()
                .contains(messages);
    }
}
