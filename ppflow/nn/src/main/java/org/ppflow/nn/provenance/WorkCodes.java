package org.ppflow.nn.provenance;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The states of the code that worked on something which goes on from what killed attempts left: its numbers follow from all of them.
 *
 * @param inputs what the work follows from, or a hash of it
 * @param codes in the order of work, each once in a row
 */
public record WorkCodes(String inputs, List<Code> codes) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public WorkCodes {
        codes = List.copyOf(codes);
    }

    /** Of work that begins. */
    public static WorkCodes none(String inputs) {
        return new WorkCodes(inputs, List.of());
    }

    /** What was kept of an attempt with the same inputs; empty where there is none, or it cannot be read, which is no reason to stop the work. */
    public static Optional<WorkCodes> read(Path file, String inputs) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), WorkCodes.class))
                    .filter(known ->
                            known.inputs().equals(inputs) && !known.codes().isEmpty());
        } catch (JacksonException | NullPointerException | MalformedInputException e) {
            return Optional.empty();
        }
    }

    /** With the code that goes on, unless it is the last there, or nobody knows it. */
    public WorkCodes and(@Nullable Code code) {
        if (code == null || (!codes.isEmpty() && codes.get(codes.size() - 1).sameAs(code))) {
            return this;
        }
        List<Code> more = new ArrayList<>(codes);
        more.add(code);
        return new WorkCodes(inputs, more);
    }

    /** Keeps them, complete or not at all. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFiles.writeText(file, JSON.writeValueAsString(this) + "\n");
    }
}
