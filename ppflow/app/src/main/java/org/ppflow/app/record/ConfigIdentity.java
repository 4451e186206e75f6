package org.ppflow.app.record;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.nn.files.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether two configs ask for the same numbers. Not part of it: the name, the number of threads, what is only looked at, and where files lie: each counts by
 * its own name, since a table's config and the run that filled a row may be on different machines. A start from weights of another experiment counts as
 * that experiment, wherever its file lies.
 */
public final class ConfigIdentity {
    private ConfigIdentity() {}

    /**
     * The identity, SHA-256 in hex.
     *
     * @param config with one schedule
     * @param start experiment that its weights start from, if that is one of ours
     */
    public static String of(ExperimentConfig config, Optional<ExperimentConfig> start) {
        ObjectNode tree = ConfigReader.toTree(config);
        tree.remove("name");
        tree.remove("watch");
        tree.remove("report");
        ((ObjectNode) tree.get("runtime")).remove("threads");
        ObjectNode data = (ObjectNode) tree.get("data");
        data.put("source", source(config.data().source()));
        nameFile(data, "autoencoder");
        if (config.data().mirror()) {
            data.remove("mirror"); // as it was before there was the key: records of then keep their identity
        }
        ObjectNode evaluation = (ObjectNode) tree.get("evaluation");
        if (config.evaluation().byNetwork()) {
            nameFile(evaluation, "network");
            nameFile(evaluation, "reference");
        } else {
            evaluation.remove(List.of("network", "reference", "protocols")); // nothing of them is used
        }
        nameFile((ObjectNode) tree.get("init"), "sit");
        nameFile((ObjectNode) tree.get("init"), "ppflow");
        start.ifPresent(other -> {
            ObjectNode init = (ObjectNode) tree.get("init");
            init.put(config.init().sit().isEmpty() ? "ppflow" : "sit", "experiment " + of(other, Optional.empty()));
        });
        return Sha256.of(JsonMapper.shared().writeValueAsString(sorted(tree)));
    }

    /** What a config's {@code data.source} counts as: {@code idx:} and {@code latents:} by the name of their file or folder; whether its bytes are the same, the data hash says. */
    public static String source(String source) {
        int path = source.indexOf(':') + 1;
        return path == 0 ? source : source.substring(0, path) + fileName(source.substring(path));
    }

    private static void nameFile(ObjectNode section, String key) {
        section.put(key, fileName(section.get(key).asString()));
    }

    private static String fileName(String path) {
        return path.isEmpty() ? "" : String.valueOf(Path.of(path).normalize().getFileName());
    }

    /** Keys in one order, so that an order of components changes nothing. */
    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> keys = new TreeMap<>();
            node.properties().forEach(entry -> keys.put(entry.getKey(), sorted(entry.getValue())));
            return keys;
        }
        if (node.isArray()) {
            return node.valueStream().map(ConfigIdentity::sorted).toList();
        }
        return node.isNumber()
                ? (Object) node.asDouble()
                : node.isBoolean() ? (Object) node.asBoolean() : node.asString();
    }
}
