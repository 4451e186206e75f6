package org.ppflow.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CellStreamTest {
    private final List<String> sent = new ArrayList<>();
    private final CellStream stream = new CellStream();

    @Test
    void send_joinsThePiecesOfAFormattedLine() {
        stream.attach(sent::add);
        PrintStream out = new PrintStream(stream, false, StandardCharsets.UTF_8);

        out.printf(Locale.ROOT, "t from %.2f to %.2f%n", 0.0, 0.5);
        stream.send();
        stream.send();

        assertThat(sent).containsExactly("t from 0.00 to 0.50" + System.lineSeparator());
    }

    @Test
    void send_keepsALetterWhoseLastBytesAreStillToCome() {
        stream.attach(sent::add);
        byte[] bytes = "a€b".getBytes(StandardCharsets.UTF_8);

        for (byte one : bytes) {
            stream.write(one);
            stream.send();
        }

        assertThat(sent).containsExactly("a", "€", "b");
    }

    @Test
    void attach_dropsWhatTheCellBeforeLeft() {
        stream.write('x');
        stream.attach(sent::add);
        stream.send();

        assertThat(sent).isEmpty();
    }
}
