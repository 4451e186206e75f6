package org.ppflow.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.app.command.Ppflow;

/** The tables that lie beside their records are what {@code table} makes of them. */
class RenderedTablesTest {
    private static final Path CONFIGS = Path.of("..", "configs");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void committedTable_isThatOfTheCommittedRecords(int number) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Ppflow.create(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(
                        "table",
                        CONFIGS.resolve("tables/table" + number + ".yaml").toString(),
                        "--format",
                        "markdown");

        assertThat(code).as(err.toString()).isZero();
        Path committed = CONFIGS.resolve("mnist/tables/table" + number + ".md");
        assertThat(out.toString())
                .as(
                        "%s; make it again: bin/ppflow table %d --format markdown --output %s",
                        committed, number, committed)
                .isEqualTo(Files.readString(committed));
    }
}
