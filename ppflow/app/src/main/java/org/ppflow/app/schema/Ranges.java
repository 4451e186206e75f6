package org.ppflow.app.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What numbers of configs may be, as far as it does not follow from other keys: the records' constructors refuse the rest. A test holds the two in agreement.
 */
final class Ranges {
    /** Bounds of one number. */
    private record Range(
            @Nullable Double least,
            @Nullable Double above,
            @Nullable Double most,
            @Nullable Double below,
            int multiple) {}

    private static final Map<String, Range> BY_COMPONENT = new HashMap<>();

    static {
        atLeast(2, "HoldoutConfig.every", "TrainingConfig.keep");
        atLeast(0, "HoldoutConfig.index", "LearningRateConfig.warmupSteps", "TrainingConfig.weightDecay");
        atLeast(0, "TrainingConfig.clipNorm", "TrainingConfig.keepEvery", "EmaConfig.snapshotEvery");
        atLeast(0, "WatchConfig.every", "SdeConfig.norm", "RuntimeConfig.threads");
        atLeast(1, "DataConfig.classes", "ClassifierConfig.steps", "ClassifierConfig.batch", "ModelConfig.depth");
        atLeast(1, "ModelConfig.heads", "ModelConfig.mlpRatio", "TrainingConfig.batch", "TrainingConfig.accumulate");
        atLeast(1, "TrainingConfig.checkpointEvery", "WatchConfig.count", "EvaluationConfig.nearestK");
        atLeast(1, "Block.baselineImages");
        above(
                0,
                "ClassifierConfig.learningRate",
                "LearningRateConfig.peak",
                "TrainingConfig.epsilon",
                "SamplingConfig.shift");
        put(new Range(2.0, null, 1024.0, null, 2), "DataConfig.size");
        put(new Range(4.0, null, null, null, 4), "ModelConfig.hidden");
        put(new Range(0.0, null, null, 1.0, 0), "ModelConfig.classDropout", "TrainingConfig.betas", "EmaConfig.decay");
        put(new Range(0.0, null, null, 1.0, 0), "EmaConfig.more", "PatchLevel.start");
        put(new Range(0.0, null, 1.0, null, 0), "LearningRateConfig.decayFraction", "SamplingConfig.guidanceInterval");
        put(new Range(null, 0.0, 1.0, null, 0), "PatchLevel.end");
        put(new Range(null, 0.0, null, 1.0, 0), "SdeConfig.lastStepSize");
        put(new Range(0.01, null, 0.28, null, 0), "EmaConfig.profiles");
        put(new Range(1.0, null, 1e12, null, 0), "TrainingConfig.images");
        put(new Range(1.0, null, 1e6, null, 0), "SamplingConfig.count");
        put(new Range(1.0, null, 1e5, null, 0), "SamplingConfig.steps");
        put(new Range(1.0, null, 65_536.0, null, 0), "SamplingConfig.batch");
        put(new Range(0.0, null, 100.0, null, 0), "SamplingConfig.guidance");
    }

    private Ranges() {}

    private static void atLeast(double least, String... components) {
        put(new Range(least, null, null, null, 0), components);
    }

    private static void above(double least, String... components) {
        put(new Range(null, least, null, null, 0), components);
    }

    private static void put(Range range, String... components) {
        for (String component : components) {
            BY_COMPONENT.put(component, range);
        }
    }

    /** Writes the bounds of a record's component, if it has some. */
    static void add(Class<?> record, String component, ObjectNode number) {
        Optional.ofNullable(BY_COMPONENT.get(record.getSimpleName() + "." + component))
                .ifPresent(range -> {
                    bound(number, "minimum", range.least);
                    bound(number, "exclusiveMinimum", range.above);
                    bound(number, "maximum", range.most);
                    bound(number, "exclusiveMaximum", range.below);
                    if (range.multiple > 0) {
                        number.put("multipleOf", range.multiple);
                    }
                });
    }

    private static void bound(ObjectNode number, String word, @Nullable Double value) {
        if (value == null) {
            return;
        }
        if (value == Math.rint(value)) {
            number.put(word, value.longValue());
        } else {
            number.put(word, value);
        }
    }
}
