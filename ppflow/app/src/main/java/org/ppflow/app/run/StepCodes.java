package org.ppflow.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.provenance.Code;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The states of the code that worked on a step which is under way, {@code under-way/NAME.json}: a step that is killed has no record yet, and may be taken up by other code.
 *
 * @param inputs hash of the step's
 * @param codes in the order of work, each once in a row
 */
record StepCodes(String inputs, List<Code> codes) {
    StepCodes {
        codes = List.copyOf(codes);
    }

    /**
     * What was kept of an attempt with the same inputs; nothing where there is none, or it cannot be read.
     *
     * @param code that goes on with it now; null where nobody knows
     */
    static StepCodes at(Path file, String inputs, JsonMapper json, @Nullable Code code) throws IOException {
        return new StepCodes(inputs, before(file, inputs, json)).and(code);
    }

    /** With the code that goes on, unless it is the last there. */
    StepCodes and(@Nullable Code code) {
        if (code == null || (!codes.isEmpty() && codes.get(codes.size() - 1).sameAs(code))) {
            return this;
        }
        List<Code> more = new ArrayList<>(codes);
        more.add(code);
        return new StepCodes(inputs, more);
    }

    private static List<Code> before(Path file, String inputs, JsonMapper json) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            StepCodes known = json.readValue(Files.readString(file), StepCodes.class);
            return known.inputs().equals(inputs) ? known.codes() : List.of();
        } catch (JacksonException | NullPointerException | java.nio.charset.MalformedInputException e) {
            return List.of(); // damaged: no reason to stop a run
        }
    }

    void write(Path file, JsonMapper json) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFiles.writeText(file, json.writeValueAsString(this) + "\n");
    }
}
