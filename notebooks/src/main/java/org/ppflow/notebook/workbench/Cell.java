package org.ppflow.notebook.workbench;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ppflow.app.command.Ppflow;
import org.ppflow.notebook.display.Bundle;
import org.ppflow.notebook.display.CellWriter;
import org.ppflow.notebook.display.Rendering;
import org.ppflow.notebook.display.Screen;
import org.ppflow.notebook.display.TextOutput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The words of a cell that need no object; the kernel imports them statically. */
public final class Cell {
    private Cell() {}

    /** Shows a value at this place of the cell: a table, a figure, samples, or anything's text. The value of a cell's last line is shown by itself. */
    public static void show(Object value) {
        Screen.current().show(Rendering.of(value));
    }

    /**
     * Runs a command of {@code bin/ppflow} in this process: {@code ppflow("flops --schedule ppf-2")}. Its words are split at blanks.
     *
     * @throws CommandFailedException with what it said, if it does not end well
     */
    public static void ppflow(String words) {
        ppflow(Splitter.on(' ').omitEmptyStrings().trimResults().splitToList(words));
    }

    /** The same with its words apart, which may have blanks. */
    public static void ppflow(List<String> words) {
        // Results and notes in one text, as on a terminal, so that why a command failed stands below what it did.
        TextOutput text = new TextOutput();
        CellWriter err = new CellWriter(text);
        PrintWriter out = new PrintWriter(text, true);
        int code = Ppflow.create(out, err).execute(words.toArray(String[]::new));
        out.flush();
        err.flush();
        if (code != 0) {
            throw new CommandFailedException(words, code, text.toString());
        }
    }

    /** Reads a file of JSON, as {@code --json} writes it. */
    public static JsonNode json(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(Path.of(file)));
    }

    /**
     * Shows a key figure of a notebook, which is the same whenever and wherever the notebook is executed: what is counted, not measured.
     *
     * @param name one of its notebook
     */
    public static void key(String name, double value) {
        key(name, value, Map.of("name", name, "value", value));
    }

    /**
     * Shows a key figure that may differ a little when the notebook is executed again.
     *
     * @param tolerance largest difference that is no fault
     * @param because why it may differ
     */
    public static void key(String name, double value, double tolerance, String because) {
        key(name, value, Map.of("name", name, "value", value, "tolerance", tolerance, "because", because));
    }

    /**
     * Shows a key figure of which no more than a range is known.
     *
     * @param low least value that is no fault
     * @param high largest
     * @param because why no more is known
     */
    public static void keyWithin(String name, double value, double low, double high, String because) {
        key(name, value, Map.of("name", name, "value", value, "low", low, "high", high, "because", because));
    }

    private static void key(String name, double value, Map<String, Object> figure) {
        if (name.isBlank() || !Double.isFinite(value)) {
            throw new IllegalArgumentException("key figure '" + name + "': " + value + " must be finite, with a name");
        }
        String text = value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
        Screen.current().show(Bundle.text(name + ": " + text).with("ppflow", figure));
    }
}
