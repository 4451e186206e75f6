package org.ppflow.notebook.display;

import java.io.Writer;

/** A stream of text that appears as outputs of the cell: one output, which grows, for all that is written without pause. */
public final class TextOutput extends Writer {
    private final StringBuilder text = new StringBuilder();
    private String id = "";
    private int shown;

    @Override
    public void write(char[] more, int from, int length) {
        text.append(more, from, length);
    }

    /** Shows what has been written. */
    @Override
    public void flush() {
        if (text.length() == shown) {
            return;
        }
        shown = text.length();
        Bundle bundle = Bundle.text(text.toString().stripTrailing());
        if (id.isEmpty()) {
            id = Screen.current().show(bundle);
        } else {
            Screen.current().update(id, bundle);
        }
    }

    /** All that has been written. */
    @Override
    public String toString() {
        return text.toString();
    }

    @Override
    public void close() {
        flush();
    }
}
