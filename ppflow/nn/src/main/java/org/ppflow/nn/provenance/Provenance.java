package org.ppflow.nn.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything one needs to know to make a result again.
 *
 * @param toolkit version and commit of the code
 * @param machine Java, system and processor
 * @param tensorflow version, or {@code not used}
 * @param device what computed: {@code cpu}, or a GPU's name
 * @param seeds by what they are for, sorted
 * @param dataHashes SHA-256 of what was read, by name, sorted
 * @param commandLine command and arguments
 * @param startedAt UTC, whole seconds
 * @param extensions SHA-256 of code from outside that numbers follow from, by kind and name, sorted: {@code solver ralston}; files before there were any have none
 * @param classes SHA-256 of the classes of each room, as {@link Code} has them; files of versions that did not look have none
 * @param folder absolute path of the one that the command line was typed in; null in files of versions that kept none
 */
public record Provenance(
        Toolkit toolkit,
        Machine machine,
        String tensorflow,
        String device,
        Map<String, Long> seeds,
        Map<String, String> dataHashes,
        List<String> commandLine,
        Instant startedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> extensions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> classes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String folder) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public Provenance {
        seeds = Collections.unmodifiableMap(new TreeMap<>(seeds));
        dataHashes = Collections.unmodifiableMap(new TreeMap<>(dataHashes));
        commandLine = List.copyOf(commandLine);
        startedAt = startedAt.truncatedTo(ChronoUnit.SECONDS);
        extensions = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(extensions, Map.of())));
        classes = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(classes, Map.of())));
    }

    /** The toolkit's own code alone, typed nobody knows where. */
    public Provenance(
            Toolkit toolkit,
            Machine machine,
            String tensorflow,
            String device,
            Map<String, Long> seeds,
            Map<String, String> dataHashes,
            List<String> commandLine,
            Instant startedAt) {
        this(toolkit, machine, tensorflow, device, seeds, dataHashes, commandLine, startedAt, Map.of(), Map.of(), null);
    }

    /** The same with code from outside. */
    public Provenance with(List<Extension> used) {
        Map<String, String> hashes = new TreeMap<>();
        used.forEach(extension -> hashes.put(extension.title(), extension.sha256()));
        return new Provenance(
                toolkit,
                machine,
                tensorflow,
                device,
                seeds,
                dataHashes,
                commandLine,
                startedAt,
                hashes,
                classes,
                folder);
    }

    /** The code alone. */
    public Code code() {
        return new Code(toolkit, classes);
    }

    /**
     * The provenance of work that starts now, on this machine, with this code.
     *
     * @param tensorflow {@code org.tensorflow.TensorFlow.version()}, asked by the caller, since asking loads the natives
     */
    public static Provenance now(
            String tensorflow,
            String device,
            Map<String, Long> seeds,
            Map<String, String> dataHashes,
            List<String> commandLine) {
        Code code = Code.current();
        return new Provenance(
                code.toolkit(),
                Machine.current(),
                tensorflow,
                device,
                seeds,
                dataHashes,
                commandLine,
                Instant.now(),
                Map.of(),
                code.classes(),
                Path.of("").toAbsolutePath().toString());
    }

    /** As JSON, keys in snake case: {@code toolkit.git.commit}, {@code data_hashes}, {@code command_line}. */
    public String toJson() {
        return JSON.writeValueAsString(this) + "\n";
    }

    /** Reads what {@link #toJson} wrote. */
    public static Provenance fromJson(String json) {
        return JSON.readValue(json, Provenance.class);
    }

    /** Writes {@link #toJson} to a file, complete or not at all. */
    public void writeTo(Path file) throws IOException {
        AtomicFiles.writeText(file, toJson());
    }
}
