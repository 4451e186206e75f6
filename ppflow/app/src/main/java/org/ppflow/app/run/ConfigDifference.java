package org.ppflow.app.run;

import java.util.List;
import java.util.Set;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;

/**
 * The keys in which two configs differ. The number of threads does not count: a run may go on where there are more or fewer cores, and
 * only on one thread are bits promised. Nor does what is drawn for the report alone.
 */
final class ConfigDifference {
    private static final Set<String> WITHOUT_EFFECT = Set.of("runtime.threads", "report");

    private ConfigDifference() {}

    /** Sorted lines {@code model.depth: 4 before, 6 now}. */
    static List<String> between(ExperimentConfig before, ExperimentConfig now) {
        return KeyDifference.between(ConfigReader.toTree(before), ConfigReader.toTree(now), WITHOUT_EFFECT);
    }
}
