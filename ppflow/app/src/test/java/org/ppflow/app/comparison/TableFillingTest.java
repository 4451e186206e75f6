package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableFillingTest extends TableFiles {
    @Test
    void withoutRecords_everyCellOfOurs_isNotRun() throws IOException {
        Filled table = fill();
        assertThat(values(table, "full", "PPF-B-2", Filled.Origin.PAPER))
                .containsExactly("62.5", "–", "62.0", "4.12", "211.36");
        assertThat(values(table, "full", "PPF-B-2", Filled.Origin.OURS))
                .endsWith(Filled.NOT_RUN, Filled.NOT_RUN)
                .startsWith("62.5");
        assertThat(values(table, "full", "SiT-B/2", Filled.Origin.OURS))
                .startsWith("–")
                .endsWith(Filled.NOT_RUN);
        assertThat(values(table, "small", "grown", Filled.Origin.SCALED)).containsOnly(Filled.NOT_RUN);
        assertThat(table.claims())
                .containsExactly(
                        "At equal images, full: PPF-B-2 better than SiT-B/2? Paper: yes, FID 4.12 against 4.46. Ours: not run.",
                        "At equal images, small: PPF-B-2 better than SiT-B/2? Ours: not run.");
        assertThat(table.blocks().get(0).lines().get(2).cells().get(3).footnote())
                .isEqualTo("a");
    }

    @Test
    void costs_areCountedFromTheConfig() throws IOException {
        Filled.Line line = line(fill(), "full", "PPF-B-2", Filled.Origin.OURS);
        // By levels: half of the images have a quarter of the tokens.
        assertThat(value(line, 0)).isCloseTo(62.5, within(1e-12));
        double d = 128;
        double share = (cost(16, d) + cost(64, d)) / (2 * cost(64, d));
        assertThat(value(line, 1)).isCloseTo(100 * share, within(1e-9));
        assertThat(value(line, 2)).isCloseTo(100 * share, within(1e-9));
    }

    private static double value(Filled.Line line, int column) {
        return Optional.ofNullable(line.cells().get(column).value()).orElseThrow();
    }

    private static double cost(double tokens, double d) {
        return 24 * tokens * d * d + 4 * tokens * tokens * d;
    }

    @Test
    void records_fillTheirRows_meansOverSeeds() throws IOException {
        write("SiT", 0, 30);
        write("SiT", 1, 32);
        write("PPF-2", 0, 20);
        write("PPF-2", 1, 21);
        write("grown", 2, 25);
        Filled table = fill();
        assertThat(values(table, "small", "SiT-B/2", Filled.Origin.SCALED)).startsWith("31.00 ± 1.41 (2)");
        assertThat(values(table, "small", "PPF-B-2", Filled.Origin.SCALED)).startsWith("20.50 ± 0.71 (2)");
        assertThat(values(table, "small", "grown", Filled.Origin.SCALED)).startsWith("25.00");
        assertThat(table.claims().get(1))
                .endsWith("Ours: classifier-FD 20.50 ± 0.71 (2) against 31.00 ± 1.41 (2): yes.");
        assertThat(table.notes())
                .containsExactly(
                        "a ± b (n): mean and standard deviation over n seeds; a number alone is of one seed.",
                        "Claims of several seeds go seed by seed, since the rows of a seed share noise, data and feature"
                                + " network: the mean difference counts where it is more than twice its standard error.",
                        "5 records of code at aaaaaaaaaaaa+, with changes that are not committed");
    }

    @Test
    void footnotes_goOnAfterTheAlphabet() {
        assertThat(Stream.of(0, 25, 26, 51, 52).map(TableFilling::letter)).containsExactly("a", "z", "aa", "az", "ba");
    }

    @Test
    void aRecordThatIsDeleted_turnsItsCellsAloneIntoNotRun() throws IOException {
        write("SiT", 0, 30);
        write("grown", 0, 25);
        Path gone = write("PPF-2", 0, 20);
        Filled before = fill();
        Files.delete(gone);
        Filled after = fill();
        for (int block = 0; block < 2; block++) {
            for (int i = 0; i < before.blocks().get(block).lines().size(); i++) {
                Filled.Line was = before.blocks().get(block).lines().get(i);
                Filled.Line is = after.blocks().get(block).lines().get(i);
                if (was.row().equals("PPF-B-2") && block == 1) {
                    assertThat(is.cells()).allMatch(cell -> cell.text().equals(Filled.NOT_RUN));
                } else if (!was.row().equals("PPF-B-2")) {
                    assertThat(is).isEqualTo(was);
                }
            }
        }
    }
}
