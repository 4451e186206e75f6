package org.ppflow.app.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record on disk: JSON whose last key, {@code sha256}, is the hash of the file's bytes with that value empty. One changed byte anywhere, and it is
 * refused.
 */
public final class RecordFile {
    /** What every record's name ends in. */
    public static final String SUFFIX = ".record.json";

    private static final String FORMAT = "ppflow-record-1";
    private static final Pattern SEAL = Pattern.compile("\"sha256\" : \"([0-9a-f]{64})\"\\R}\\R?$");
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private RecordFile() {}

    /** Writes a record into a folder, whole or not at all. */
    public static Path write(Path folder, ExperimentRecord record) throws IOException {
        Files.createDirectories(folder);
        ObjectNode tree = JSON.createObjectNode();
        tree.put("format", FORMAT);
        tree.setAll((ObjectNode) JSON.<tools.jackson.databind.JsonNode>valueToTree(record));
        tree.put("sha256", "");
        String open = JSON.writeValueAsString(tree).replace("\r\n", "\n") + "\n";
        String hash = Sha256.of(open);
        int at = open.lastIndexOf("\"sha256\" : \"\"");
        String sealed = open.substring(0, at) + "\"sha256\" : \"" + hash + "\""
                + open.substring(at + "\"sha256\" : \"\"".length());
        Path file = folder.resolve(record.fileName() + SUFFIX);
        AtomicFiles.writeText(file, sealed);
        return file;
    }

    /**
     * Reads a record.
     *
     * @throws BadInputException if a byte of it, or of its pictures, is not as it was written
     */
    public static ExperimentRecord read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Matcher seal = SEAL.matcher(text);
        if (!seal.find()) {
            throw refused(file, "found no hash at its end", "a record as an experiment writes it");
        }
        String open = text.substring(0, seal.start(1)) + text.substring(seal.end(1));
        String found = Sha256.of(open);
        if (!found.equals(seal.group(1))) {
            throw refused(
                    file,
                    "found bytes of hash " + found.substring(0, 12) + "…",
                    seal.group(1).substring(0, 12) + "…, which the record says of itself");
        }
        ExperimentRecord record;
        try {
            ObjectNode tree = (ObjectNode) JSON.readTree(text);
            if (!tree.path("format").asString("").equals(FORMAT)) {
                throw refused(file, "found format '" + tree.path("format").asString("") + "'", "'" + FORMAT + "'");
            }
            tree.remove("format");
            tree.remove("sha256");
            record = JSON.treeToValue(tree, ExperimentRecord.class);
        } catch (JacksonException | ClassCastException e) {
            throw BadInputException.at(file.toString())
                    .found("no record: " + e.getMessage())
                    .expected("a record as an experiment writes it")
                    .cause(e)
                    .build();
        }
        requirePictures(file, record);
        return record;
    }

    private static void requirePictures(Path file, ExperimentRecord record) throws IOException {
        ExperimentRecord.Pictures pictures = record.pictures();
        if (pictures == null) {
            return;
        }
        Path grid = file.resolveSibling(pictures.file());
        if (Files.exists(grid) && !Sha256.of(grid).equals(pictures.sha256())) {
            throw refused(
                    grid,
                    "found other bytes than its record's",
                    pictures.sha256().substring(0, 12) + "…, as " + file + " says");
        }
    }

    private static BadInputException refused(Path file, String found, String expected) {
        return BadInputException.at(file.toString())
                .found(found)
                .expected(expected)
                .advice("the record is not used: restore it, or remove it and run the experiment again")
                .build();
    }
}
