package org.ppflow.eval.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.eval.statistics.InceptionScore;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.eval.statistics.PrecisionRecall;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * The protocol {@code exact}: statistics in double, brute-force distances, scores over all pictures at once. Independent of batch size,
 * order and device. Metrics carry the kind of the network in their names; only Inception's are called FID.
 *
 * @param kind of the feature network
 * @param nearestK k of precision and recall
 */
public record ExactProtocol(String kind, int nearestK) {
    /** The protocol's key in reports. */
    public static final String NAME = "exact";

    private static final int SPLITS = 10;
    private static final long SHUFFLE_SEED = 0;
    private static final long KEY_MASK = (1L << 48) - 1;

    public ExactProtocol {
        if (nearestK < 1) {
            throw new IllegalArgumentException("nearest_k: " + nearestK + " must be at least 1");
        }
    }

    /**
     * Scores samples.
     *
     * @param reference features of real pictures
     * @param samples features of the pictures to score
     * @param labels class asked for each sample; null where none was
     * @throws BadInputException if a set has no k neighbours, its features come from another network, or a label is none of the
     *     network's classes
     */
    public Evaluation evaluate(FeatureSet reference, FeatureSet samples, int @Nullable [] labels) {
        requireNetwork(reference, samples);
        requireNeighbours(reference);
        requireNeighbours(samples);
        MetricNames names = new MetricNames(kind);
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>(reference.warnings());
        warnings.addAll(samples.warnings());
        FrechetDistance distance = FrechetDistance.between(reference.statistics(), samples.statistics());
        metrics.put(names.frechetDistance(), distance.value());
        warnings.addAll(distance.warnings(reference.name(), samples.name()));
        putScores(samples, names.score(), metrics);
        PrecisionRecall manifolds = PrecisionRecall.between(reference.features(), samples.features(), nearestK);
        metrics.put(names.of("precision"), manifolds.precision());
        metrics.put(names.of("recall"), manifolds.recall());
        metrics.put(names.of("density"), manifolds.density());
        metrics.put(names.of("coverage"), manifolds.coverage());
        if (manifolds.nearEdge() > 0) {
            warnings.add(
                    manifolds.nearEdge() + " pictures are within 1e-6 of the edge of a ball: precision and recall may"
                            + " differ by so many where distances are fp32");
        }
        List<LabelAgreement.ClassCount> byClass = List.of();
        if (labels != null) {
            LabelAgreement agreement = agreement(samples, labels);
            metrics.put("label_agreement", agreement.share());
            metrics.put("label_agreement_standard_error", agreement.standardError());
            metrics.put("label_agreement_low", agreement.interval95().low());
            metrics.put("label_agreement_high", agreement.interval95().high());
            byClass = agreement.classes();
        }
        metrics.put("reference_count", (double) reference.count());
        metrics.put("sample_count", (double) samples.count());
        return new Evaluation(NAME, metrics, byClass, warnings);
    }

    /** The score of all samples, and mean ± deviation of parts that pictures fall into by a key of their own. */
    private static void putScores(FeatureSet samples, String name, Map<String, Double> metrics) {
        metrics.put(name, InceptionScore.of(samples.probabilities()));
        long[] keys = Arrays.stream(samples.keys())
                .map(key -> RandomStream.of(SHUFFLE_SEED, Purpose.EVALUATION_SHUFFLE, key & KEY_MASK)
                        .nextLong())
                .toArray();
        InceptionScore.Splits parts =
                InceptionScore.shuffled(samples.probabilities(), keys, Math.min(SPLITS, samples.count()));
        metrics.put(name + "_splits_mean", parts.mean());
        metrics.put(name + "_splits_std", parts.standardDeviation());
    }

    private static LabelAgreement agreement(FeatureSet samples, int... labels) {
        int classes = samples.probabilities().rowSize();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw BadInputException.at(samples.name() + ", picture " + i)
                        .found("label " + labels[i])
                        .expected("0 to " + (classes - 1) + ", the classes of the network")
                        .build();
            }
        }
        return LabelAgreement.of(samples.probabilities(), labels);
    }

    /** Names of metrics promise a kind, and features of different networks have nothing to do with each other. */
    private void requireNetwork(FeatureSet reference, FeatureSet samples) {
        if (!reference.network().kind().equals(kind)) {
            throw BadInputException.at(reference.name())
                    .found("features of kind " + reference.network().kind())
                    .expected("features of kind " + kind + ", whose metrics are asked for")
                    .build();
        }
        if (!samples.network().equals(reference.network())) {
            throw BadInputException.at(samples.name())
                    .found("features of " + samples.network())
                    .expected("those of " + reference.network() + ", as of " + reference.name())
                    .advice("take the features of both sets with the same network")
                    .build();
        }
    }

    private void requireNeighbours(FeatureSet set) {
        if (set.count() <= nearestK) {
            throw BadInputException.at(set.name())
                    .found(set.count() + " pictures")
                    .expected("more than evaluation.nearest_k, " + nearestK)
                    .build();
        }
    }
}
