package org.ppflow.notebook.kernel;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Collects what is printed until it is sent. */
final class CellStream extends OutputStream {
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private Consumer<String> target = text -> {};

    /** What is sent from now on goes there; what waits is of nobody. */
    synchronized void attach(Consumer<String> where) {
        waiting.reset();
        target = where;
    }

    @Override
    public synchronized void write(int one) {
        waiting.write(one);
    }

    @Override
    public synchronized void write(byte[] more, int from, int length) {
        waiting.write(more, from, length);
    }

    /** Sends what waits, up to its last whole letter. */
    synchronized void send() {
        byte[] bytes = waiting.toByteArray();
        int whole = bytes.length;
        // Bytes that go on a letter are 10xxxxxx; those that begin one of several bytes are 11xxxxxx.
        while (whole > 0 && bytes.length - whole < 3 && (bytes[whole - 1] & 0xC0) == 0x80) {
            whole--;
        }
        boolean begun = whole > 0 && (bytes[whole - 1] & 0xC0) == 0xC0;
        int length = begun ? Integer.numberOfLeadingZeros(~(bytes[whole - 1] << 24)) : 0;
        int end = begun && bytes.length - whole + 1 < length ? whole - 1 : bytes.length;
        if (end > 0) {
            target.accept(new String(bytes, 0, end, StandardCharsets.UTF_8));
            waiting.reset();
            waiting.write(bytes, end, bytes.length - end);
        }
    }
}
