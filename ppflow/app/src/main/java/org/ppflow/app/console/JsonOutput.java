package org.ppflow.app.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where {@code --json FILE|-} sends figures. */
public final class JsonOutput {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonOutput() {}

    /**
     * Checks before the work that figures can be written after it.
     *
     * @param target as of {@link #write}
     * @throws BadInputException if it is a folder, or a file in none
     */
    public static void requireWritable(@Nullable String target) {
        if (target == null || target.equals("-")) {
            return;
        }
        if (target.isBlank()) {
            throw BadInputException.at("--json")
                    .found("an empty name")
                    .expected("a file in a folder that exists, or - for standard output")
                    .build();
        }
        Path file = Path.of(target).toAbsolutePath();
        Path parent = file.getParent();
        if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
            throw BadInputException.at("--json " + target)
                    .found(Files.isDirectory(file) ? "a folder" : "no folder " + parent)
                    .expected("a file in a folder that exists, or - for standard output")
                    .build();
        }
    }

    /**
     * Writes figures.
     *
     * @param target a file, {@code -} for standard output, or null for nowhere
     */
    public static void write(@Nullable String target, JsonNode figures, PrintWriter out) throws IOException {
        if (target == null) {
            return;
        }
        String text = JSON.writeValueAsString(figures);
        if (target.equals("-")) {
            out.println(text);
            out.flush();
        } else {
            AtomicFiles.writeText(Path.of(target), text + "\n");
        }
    }
}
