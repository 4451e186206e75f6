package org.ppflow.app.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = new Table(
            "a | table",
            List.of("sit", "ppf-2"),
            List.of(
                    new Table.Row("speed", "speed", true, List.of(Cell.factor(1), Cell.factor(1.6251))),
                    new Table.Row("share", "share", false, Arrays.asList(Cell.percent(0.618), null)),
                    new Table.Row("levels", "levels", false, List.of(Cell.text("2x2"), Cell.text("4x4|2x2")))),
            List.of("A note."));

    @Test
    void text_alignsColumnsAndSaysWhatWasNotMeasured() {
        assertThat(TABLE.toText()).isEqualTo("""
                        a | table

                                   sit         ppf-2
                        ----------------------------
                        speed    1.00×         1.63×
                        share   61.8 %  not measured
                        levels     2x2       4x4|2x2

                        A note.
                        """);
    }

    @Test
    void markdown_escapesBars() {
        assertThat(TABLE.toMarkdown()).contains("| levels | 2x2 | 4x4\\|2x2 |").contains("|---|---:|---:|");
    }

    @Test
    void json_hasNumbersInFullAndNullWhereNothingWasMeasured() {
        assertThat(TABLE.toJson())
                .contains("1.6251")
                .contains("\"share\" : null")
                .contains("\"levels\" : \"2x2\"");
    }

    @Test
    void withoutTimings_leavesOutWhatFollowsFromTheClock() {
        assertThat(TABLE.withoutTimings().rows()).extracting(Table.Row::key).containsExactly("share", "levels");
    }

    @Test
    void table_rejectsARowWithAnotherNumberOfCells() {
        List<Table.Row> rows = List.of(new Table.Row("x", "x", false, List.of(Cell.text("1"))));
        assertThatThrownBy(() -> new Table("t", List.of("a", "b"), rows, List.of()))
                .hasMessage("row x has 1 cells for 2 columns");
    }

    @Test
    void seconds_becomeMinutesWhereThereAreMany() {
        assertThat(Cell.seconds(59.94).text()).isEqualTo("59.9 s");
        assertThat(Cell.seconds(125.4).text()).isEqualTo("2 min 05 s");
    }

    @Test
    void numberThatRoundsToZero_hasNoSign() {
        assertThat(Cell.number(-3e-6, 4)).isEqualTo(new Cell("0.0000", -3e-6));
        assertThat(Cell.number(-0.4, 0).text()).isEqualTo("0");
        assertThat(Cell.number(-0.00006, 4).text()).isEqualTo("-0.0001");
        assertThat(Cell.number(-10, 1).text()).isEqualTo("-10.0");
    }
}
