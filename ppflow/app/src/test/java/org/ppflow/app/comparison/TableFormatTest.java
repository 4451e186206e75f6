package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableFormatTest extends TableFiles {
    @Test
    void whatLatexReadsAsMore_isEscaped_andRemarksStayOnTheirLine() {
        Filled table = new Filled(
                "two\nlines",
                "",
                List.of(new Filled.Block(
                        "b",
                        List.of("fid"),
                        List.of("FID ↓"),
                        List.of(new Filled.Line(
                                "a_b {1.5×} \\ ~^ 5 % ± $",
                                Filled.Origin.OURS, List.of(Filled.Cell.of(1, 1)), Map.of())))),
                List.of(),
                List.of(),
                List.of("one\n  two\n"));
        assertThat(TableFormat.LATEX.write(table))
                .contains(
                        "a\\_b \\{1.5$\\times$\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{} 5 \\% $\\pm$ \\$ & ours")
                .contains("FID $\\downarrow$ \\\\\n")
                .startsWith("% two lines; b\n")
                .endsWith("% one two\n");
        assertThat(TableFormat.MARKDOWN.write(table)).endsWith("- one two\n");
    }

    @Test
    void sameRecords_giveTheSameBytes_inEveryFormat_alsoInAnotherFolder() throws IOException {
        write("SiT", 0, 30);
        write("PPF-2", 0, 20);
        Path other = Files.createDirectories(folder.resolve("other"));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> !path.startsWith(other) && Files.isRegularFile(path))
                    .toList()) {
                Path target = other.resolve(folder.relativize(file));
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
        for (TableFormat format : TableFormat.values()) {
            String text = format.write(fill());
            assertThat(format.write(fill())).isEqualTo(text).endsWith("\n");
            assertThat(format.write(fill(other))).isEqualTo(text);
        }
        assertThat(TableFormat.CSV.write(fill()))
                .contains(
                        "small,SiT-B/2,\"ours, scaled down\",classifier_fd,30.0,,1,small.sit.seed-0.sit.record.json\n");
        assertThat(TableFormat.LATEX.write(fill())).contains("\\begin{tabular}{llrrrrr}", "4.12 [a] & 211.36 \\\\");
    }
}
