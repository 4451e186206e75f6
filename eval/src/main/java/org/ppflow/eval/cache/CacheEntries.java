package org.ppflow.eval.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.nn.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts, each in a file under the hash of everything it follows from. An entry that is damaged or of another key is never used: it is said in the log,
 * and whoever asked makes it again. Processes may share the folder.
 *
 * @param folder of all of them
 */
public record CacheEntries(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(CacheEntries.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The text of a key, whole and undamaged; empty where there is none. */
    public Optional<String> find(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode entry = JSON.readTree(Files.readString(file));
            String text = entry.path("text").asString("");
            if (key.equals(entry.path("key").asString(""))
                    && hash(key, text).equals(entry.path("sha256").asString(""))) {
                return Optional.of(text);
            }
            LOG.warn("{}: not as it was written; made again", file);
        } catch (JacksonException | IOException e) {
            LOG.warn("{}: cannot be read, {}; made again", file, e.getMessage());
        }
        return Optional.empty();
    }

    /** Keeps a text. */
    public void keep(String key, String text) throws IOException {
        byte[] entry = JSON.createObjectNode()
                .put("key", key)
                .put("sha256", hash(key, text))
                .put("text", text)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        SharedFiles.write(file(key), channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(entry);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private static String hash(String key, String text) {
        return Sha256.of(key + "\n" + text);
    }

    private Path file(String key) {
        return folder.resolve(Sha256.of(key).substring(0, 32) + ".json");
    }
}
