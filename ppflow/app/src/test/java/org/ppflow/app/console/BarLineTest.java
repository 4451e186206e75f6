package org.ppflow.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.progress.Progress;

class BarLineTest {
    private final StringWriter written = new StringWriter();
    private final AtomicLong nanoTime = new AtomicLong();
    private final AtomicInteger columns = new AtomicInteger(80);
    private final PrintWriter err = new PrintWriter(written);

    /** Of work that is under way. */
    private BarLine line() {
        BarLine line = fresh();
        line.progressed();
        return line;
    }

    private BarLine fresh() {
        return new BarLine(err, columns::get, nanoTime::get);
    }

    /** What TensorFlow writes at its first step stands on a line of its own, whole, where no terminal shows what it wrote over. */
    @Test
    void beforeThereIsProgress_linesOfOthersCoverTheBar() {
        columns.set(200);
        String native86 = "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR";
        try (BarLine line = fresh()) {
            line.accept("x".repeat(line.getMaxRenderedLength()));
            err.print(native86 + "\n");
            line.progressed();
            line.accept("half");
        }
        assertThat(shown()).startsWith(native86 + "\nhalf").doesNotContain("x");
    }

    /** As a terminal shows it: what is written after a return replaces what was there. */
    private String shown() {
        StringBuilder screen = new StringBuilder();
        int lineStart = 0;
        int cursor = 0;
        for (char c : written.toString().toCharArray()) {
            if (c == '\r') {
                cursor = lineStart;
            } else if (c == '\n') {
                screen.append(c);
                lineStart = screen.length();
                cursor = lineStart;
            } else if (cursor < screen.length()) {
                screen.setCharAt(cursor++, c);
            } else {
                screen.append(c);
                cursor++;
            }
        }
        return screen.toString();
    }

    @Test
    void progress_isToldByWorkBeyondWhereItWasTakenUp() {
        Progress progress = new ConsoleProgress(err, true, nanoTime::get, columns::get);
        try (Progress.Task task = progress.start("train", 100, 50, "images")) {
            task.advanceTo(100);
        }
        assertThat(written.toString()).endsWith("100/100 images" + System.lineSeparator());
    }

    @Test
    void shorterText_blanksALongerOne() {
        try (BarLine line = line()) {
            line.accept("abcd");
            line.accept("ab");
            line.accept("abc");
        }
        assertThat(written.toString()).isEqualToNormalizingNewlines("\rabcd\rab  \rabc\n");
    }

    @Test
    void innerBar_isDrawnAloneAndOnALineOfItsOwn() {
        try (BarLine outer = line()) {
            outer.accept("outer");
            try (BarLine inner = line()) {
                inner.accept("inner");
                outer.accept("outer 2");
            }
            outer.accept("outer 3");
        }
        assertThat(written.toString()).isEqualToNormalizingNewlines("\router\n\rinner\n\router 3\n");
    }

    @Test
    void width_isAskedAgain() {
        try (BarLine line = line()) {
            columns.set(60);
            assertThat(line.getMaxRenderedLength()).isEqualTo(79);
            nanoTime.addAndGet(10_000_000_000L);
            assertThat(line.getMaxRenderedLength()).isEqualTo(59);
        }
    }

    @Test
    void bar_isDrawnFromItsFirstToItsLastState() {
        Progress progress = new ConsoleProgress(err, true, nanoTime::get, columns::get);
        try (Progress.Task task = progress.start("encode", 8, "pictures")) {
            nanoTime.set(2_000_000_000L);
            task.note("16 kB");
            task.advanceTo(8);
        }
        assertThat(written.toString().lines().toList().toString())
                .contains("]  8/8 pictures  4.0/s  in 2.0 s  16 kB")
                .doesNotContain("\u001b");
        assertThat(written.toString()).endsWith(System.lineSeparator());
    }

    @Test
    void answerOfStty_isRowsAndColumns() {
        assertThat(Terminal.columns("24 132\n")).hasValue(132);
        assertThat(Terminal.columns("0 0\n")).isEmpty();
        assertThat(Terminal.columns("")).isEmpty();
    }

    @Test
    void widthOfNoTerminal_isTheUsualOne(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("no-terminal"), "");
        assertThat(Terminal.columns(file.toFile())).isEqualTo(80);
    }
}
