package org.ppflow.app.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of JSON file whose last key, {@code sha256}, is the hash of the file's bytes with that value empty. One changed byte anywhere, and it is
 * refused.
 *
 * @param <T> record type of its content, with names in snake case
 * @param format value of the first key, {@code format}
 * @param type of the content
 * @param source what writes such files, for messages: {@code an experiment}
 * @param laterLists keys of lists that the first versions did not write; missing, they are empty
 */
public record SealedJson<T>(String format, Class<T> type, String source, List<String> laterLists) {
    private static final String OPEN = "\"sha256\" : \"\"";
    private static final Pattern SEAL = Pattern.compile("\"sha256\" : \"([0-9a-f]{64})\"\\R}\\R?$");
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public SealedJson {
        laterLists = List.copyOf(laterLists);
    }

    /** Of content that has had the same keys ever since. */
    public SealedJson(String format, Class<T> type, String source) {
        this(format, type, source, List.of());
    }

    /** Writes it, whole or not at all; folders that are not there are made. */
    public void write(Path file, T content) throws IOException {
        AtomicFiles.writeText(file, text(content));
    }

    /** What {@link #write} writes; the same content gives the same bytes. */
    public String text(T content) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("format", format);
        tree.setAll((ObjectNode) JSON.<JsonNode>valueToTree(content));
        tree.put("sha256", "");
        String open = JSON.writeValueAsString(tree).replace("\r\n", "\n") + "\n";
        int value = open.lastIndexOf(OPEN) + OPEN.length() - 1;
        return open.substring(0, value) + Sha256.of(open) + open.substring(value);
    }

    /**
     * Reads it.
     *
     * @throws BadInputException if a byte is not as it was written, or it is of another kind
     */
    public T read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Matcher seal = SEAL.matcher(text);
        if (!seal.find()) {
            throw refused(file, "found no hash at its end", "a file as " + source + " writes it");
        }
        String open = text.substring(0, seal.start(1)) + text.substring(seal.end(1));
        String found = Sha256.of(open);
        if (!found.equals(seal.group(1))) {
            throw refused(
                    file,
                    "found bytes of hash " + found.substring(0, 12) + "…",
                    seal.group(1).substring(0, 12) + "…, which the file says of itself");
        }
        try {
            ObjectNode tree = (ObjectNode) JSON.readTree(text);
            if (!tree.path("format").asString("").equals(format)) {
                throw refused(file, "found format '" + tree.path("format").asString("") + "'", "'" + format + "'");
            }
            tree.remove("format");
            tree.remove("sha256");
            laterLists.stream().filter(key -> !tree.has(key)).forEach(tree::putArray);
            return JSON.treeToValue(tree, type);
        } catch (JacksonException | ClassCastException e) {
            throw BadInputException.at(file.toString())
                    .found("other content: " + e.getMessage())
                    .expected("a file as " + source + " writes it")
                    .cause(e)
                    .build();
        }
    }

    /** Of a file that is not what it was. */
    BadInputException refused(Path file, String found, String expected) {
        return BadInputException.at(file.toString())
                .found(found)
                .expected(expected)
                .advice("it is not used: restore it, or remove it and run " + source + " again")
                .build();
    }
}
