package org.ppflow.eval.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An evaluation as JSON: {@code {"protocols": {"exact": {"classifier_fd": …}}, "preflight": […], "provenance": {…}}}.
 *
 * @param protocols metrics and counts by key, for each protocol
 * @param preflight what is doubtful about the input
 * @param provenance where the numbers come from
 */
public record EvaluationReport(
        Map<String, Map<String, Object>> protocols, List<Finding> preflight, Map<String, Object> provenance) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public EvaluationReport {
        protocols = Collections.unmodifiableMap(new LinkedHashMap<>(protocols));
        preflight = List.copyOf(preflight);
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    /**
     * The report of one comparison. Its provenance has {@code network} (kind, name, hash, feature size), {@code reference} and
     * {@code samples} (name, count, size, content hash).
     */
    public static EvaluationReport of(
            FeatureNetwork network, ScoredSet reference, ScoredSet samples, ExactResult result) {
        Map<String, Object> provenance = new LinkedHashMap<>();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("kind", network.kind().label());
        described.put("name", network.name());
        described.put("sha256", network.contentHash());
        described.put("feature_size", network.featureSize());
        provenance.put("network", described);
        provenance.put("reference", describe(reference));
        provenance.put("samples", describe(samples));
        return new EvaluationReport(Map.of(ExactProtocol.NAME, result.toReport()), result.findings(), provenance);
    }

    /** The same with one more entry of provenance: a record, map, text or number. */
    public EvaluationReport withProvenance(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(provenance);
        more.put(key, value);
        return new EvaluationReport(protocols, preflight, more);
    }

    /** A metric; empty where the protocol has none of this key. */
    public OptionalDouble metric(String protocol, String key) {
        Object value = protocols.getOrDefault(protocol, Map.of()).get(key);
        return value instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    /** As JSON, keys in snake case. */
    public String toJson() {
        return JSON.writeValueAsString(this) + "\n";
    }

    /** Writes {@link #toJson}, complete or not at all. */
    public void writeTo(Path file) throws IOException {
        AtomicFiles.writeText(file, toJson());
    }

    /** Reads what {@link #writeTo} wrote; values come as JSON has them, records as maps. */
    public static EvaluationReport read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readString(file), EvaluationReport.class);
        } catch (JacksonException e) {
            throw BadInputException.at(file.toString())
                    .found("no evaluation report: " + e.getOriginalMessage())
                    .expected("JSON as an evaluation writes it")
                    .cause(e)
                    .build();
        }
    }

    private static Map<String, Object> describe(ScoredSet set) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", set.name());
        described.put("count", set.count());
        described.put("size", set.format().toString());
        described.put("sha256", set.contentHash());
        return described;
    }
}
