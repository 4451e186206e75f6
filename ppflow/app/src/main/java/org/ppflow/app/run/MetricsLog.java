package org.ppflow.app.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Figures by training step, one JSON object a line: {@code {"step": 50, "images": 3200, "loss": 0.41, "seconds": 7.9}}. Opened
 * at the step that training goes on from, it drops later lines, and the half line of a process that was killed: a run that
 * was stopped ten times has each step once. Memory: one line.
 */
public final class MetricsLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STEP = "step";

    private final Path file;
    private final BufferedWriter writer;

    private MetricsLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens a file, new or not.
     *
     * @param step lines of later steps are dropped; 0 drops all
     */
    public static MetricsLog openAt(Path file, long step) throws IOException {
        if (Files.exists(file)) {
            AtomicFiles.write(file, out -> {
                try (BufferedReader lines = lenient(file)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        JsonNode entry = parse(line);
                        if (entry != null && entry.path(STEP).asLong(Long.MAX_VALUE) <= step) {
                            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                        }
                    }
                }
            });
        }
        return new MetricsLog(
                file, Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /**
     * Adds a line and hands it to the system.
     *
     * @param step number of steps done, above all before it
     * @param values by name; {@code NaN} and infinities become null
     * @throws IOException with the file's name, which the system leaves out when the disk is full
     */
    public void append(long step, Map<String, ? extends Number> values) throws IOException {
        Map<String, @Nullable Number> line = new LinkedHashMap<>();
        line.put(STEP, step);
        values.forEach((name, value) -> line.put(name, Double.isFinite(value.doubleValue()) ? value : null));
        Writer out = writer;
        try {
            out.write(JSON.writeValueAsString(line) + "\n");
            out.flush();
        } catch (IOException e) {
            throw new IOException(
                    file + ": " + e.getMessage() + "; the same command goes on from the newest checkpoint", e);
        }
    }

    /** All whole lines of a file, which is a few hundred bytes a line in memory; none where there is no file. */
    public static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        forEach(file, entries::add);
        return entries;
    }

    /** Hands out all whole lines of a file, one at a time; none where there is no file. */
    public static void forEach(Path file, Consumer<JsonNode> taker) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (BufferedReader lines = lenient(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode entry = parse(line);
                if (entry != null) {
                    taker.accept(entry);
                }
            }
        }
    }

    /** A line that is no text is no JSON either, and is passed over as such. */
    private static BufferedReader lenient(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)));
    }

    private static @Nullable JsonNode parse(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            return entry.isObject() ? entry : null;
        } catch (JacksonException e) {
            return null; // cut off in the middle
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
