package org.ppflow.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class WholeWordsTest {
    private static final String SIGNS = "a!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~b ~/.cache/x, --set a[1].b=0.4.";

    @Test
    void signsInsideWords_comeBackAsTheyWere() {
        assertThat(WholeWords.signs(WholeWords.letters(SIGNS))).isEqualTo(SIGNS);
        assertThat(WholeWords.letters("a[1].b, --c"))
                .doesNotContain("[", ".")
                .contains(", ")
                .hasSameSizeAs("a[1].b, --c");
    }

    @Test
    void help_breaksLinesAtBlanksAlone() {
        StringWriter out = new StringWriter();
        CommandLine line = Ppflow.create(List.of(new Wordy()), new PrintWriter(out), new PrintWriter(out));

        line.execute("wordy", "--help");

        assertThat(out.toString().split("\\s+"))
                .contains(
                        "4x4:0.5,2x2",
                        "schedules[1].levels[0].end=0.4",
                        "~/.cache/ppflow/evaluate",
                        "runtime.threads=N.");
    }

    @Command(name = "wordy")
    private static final class Wordy implements SubCommand {
        @Option(
                names = "--levels",
                description =
                        "Levels of the schedule from noise to data, as in the form of 4x4:0.5,2x2 or, where a key is set, of"
                                + " schedules[1].levels[0].end=0.4 and, for where things lie, as ~/.cache/ppflow/evaluate or --set runtime.threads=N.")
        @SuppressWarnings("UnusedVariable") // its help is read
        private String levels = "";

        @Override
        public Integer call() {
            return ExitCode.DONE;
        }
    }
}
