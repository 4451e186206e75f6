package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.ppflow.app.config.DataConfig;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How stages keep their figures, and hash what they follow from. */
final class StageJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private StageJson() {}

    static void write(Path file, Object figures) throws IOException {
        AtomicFiles.writeText(file, JSON.writeValueAsString(figures) + "\n");
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        return JSON.readValue(Files.readString(file), type);
    }

    /** The same where values name something of an extension: its code's hash counts as well, since the name alone does not say what it does. */
    static String hashWith(Optional<Extension> named, Object... values) {
        if (named.isEmpty()) {
            return hash(values);
        }
        Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = named.get().sha256();
        return hash(all);
    }

    /** Hash of values, the same for equal records. */
    static String hash(Object... values) {
        return Sha256.of(JSON.writeValueAsString(
                Arrays.stream(values).map(StageJson::withoutUsualMirror).toArray()));
    }

    /** Without a key that says what was so before there was one: runs of versions that did not know it go on. */
    private static Object withoutUsualMirror(Object value) {
        if (value instanceof DataConfig data && data.mirror()) {
            ObjectNode tree = JSON.valueToTree(data);
            tree.remove("mirror");
            return tree;
        }
        return value;
    }
}
