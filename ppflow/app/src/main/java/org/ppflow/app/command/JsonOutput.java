package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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
