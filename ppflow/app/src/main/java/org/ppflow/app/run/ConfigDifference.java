package org.ppflow.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import tools.jackson.databind.JsonNode;

/**
 * The keys in which two configs differ. The number of threads does not count: a run may go on where there are more or fewer cores, and
 * only on one thread are bits promised. Nor does what is drawn for the report alone.
 */
final class ConfigDifference {
    private static final Set<String> WITHOUT_EFFECT = Set.of("runtime.threads", "report");

    private ConfigDifference() {}

    /** Sorted lines {@code model.depth: 4 before, 6 now}. */
    static List<String> between(ExperimentConfig before, ExperimentConfig now) {
        List<String> differences = new ArrayList<>();
        collect("", ConfigReader.toTree(before), ConfigReader.toTree(now), differences);
        return differences;
    }

    private static void collect(String path, JsonNode before, JsonNode now, List<String> differences) {
        if (before.equals(now) || WITHOUT_EFFECT.contains(path)) {
            return;
        }
        if (before.isObject() && now.isObject()) {
            TreeSet<String> keys = new TreeSet<>(before.propertyNames());
            keys.addAll(now.propertyNames());
            for (String key : keys) {
                collect(path.isEmpty() ? key : path + "." + key, before.path(key), now.path(key), differences);
            }
            return;
        }
        differences.add(path + ": " + show(before) + " before, " + show(now) + " now");
    }

    private static String show(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.isString() ? value.asString() : value.toString();
    }
}
