package org.ppflow.eval.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.eval.statistics.InceptionScore;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.eval.statistics.MomentAccumulator;
import org.ppflow.eval.statistics.PrecisionRecall;
import org.ppflow.nn.array.FloatArray;
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
     * @throws BadInputException if a set has no k neighbours, its features come from another network, or a label is none of the
     *     network's classes
     */
    public Scores evaluate(FeatureSet reference, FeatureSet samples) {
        requireNetwork(reference, samples);
        requireNeighbours(reference);
        requireNeighbours(samples);
        MetricTable table = new MetricTable(new MetricNames(kind));
        MetricNames names = table.names();
        FrechetDistance distance =
                FrechetDistance.between(statistics(reference.features()), statistics(samples.features()));
        table.put(names.frechetDistance(), distance.value());
        table.notes(distance.warnings(reference.name(), samples.name()));
        putScores(samples, names.score(), table);
        PrecisionRecall manifolds =
                PrecisionRecall.between(array(reference.features()), array(samples.features()), nearestK);
        table.put(names.of("precision"), manifolds.precision());
        table.put(names.of("recall"), manifolds.recall());
        table.put(names.of("density"), manifolds.density());
        table.put(names.of("coverage"), manifolds.coverage());
        if (manifolds.nearEdge() > 0) {
            table.note(manifolds.nearEdge()
                    + " pictures are within 1e-6 of the edge of a ball: precision and recall may"
                    + " differ by so many where distances are fp32");
        }
        List<ClassRow> classes = List.of();
        if (samples.labels().isPresent()) {
            LabelAgreement agreement = agreement(samples, samples.labels().get());
            table.put("label_agreement", agreement.share());
            table.put("label_agreement_standard_error", agreement.standardError());
            table.put("label_agreement_low", agreement.interval95().low());
            table.put("label_agreement_high", agreement.interval95().high());
            classes = agreement.classes().stream()
                    .map(row -> new ClassRow(
                            row.label(), Map.of("count", (double) row.count(), "agreed", (double) row.agreed())))
                    .toList();
        }
        table.put("reference_count", reference.count());
        table.put("sample_count", samples.count());
        return new Scores(table.result(NAME), classes, List.copyOf(table.notes()));
    }

    private static FloatArray array(FeatureRows rows) {
        return new FloatArray(new int[] {rows.count(), rows.size()}, rows.read(0, rows.count()));
    }

    private static FeatureStatistics statistics(FeatureRows rows) {
        MomentAccumulator moments = new MomentAccumulator(rows.size());
        moments.add(array(rows));
        return moments.snapshot();
    }

    /** The score of all samples, and mean ± deviation of parts that pictures fall into by a key of their own. */
    private static void putScores(FeatureSet samples, String name, MetricTable table) {
        FloatArray probabilities = array(samples.probabilities());
        table.put(name, InceptionScore.of(probabilities));
        long[] keys = Arrays.stream(samples.keys())
                .map(key -> RandomStream.of(SHUFFLE_SEED, Purpose.EVALUATION_SHUFFLE, key & KEY_MASK)
                        .nextLong())
                .toArray();
        InceptionScore.Splits parts = InceptionScore.shuffled(probabilities, keys, Math.min(SPLITS, samples.count()));
        table.put(name + "_splits_mean", parts.mean());
        table.put(name + "_splits_std", parts.standardDeviation());
    }

    private static LabelAgreement agreement(FeatureSet samples, int... labels) {
        int classes = samples.probabilities().size();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw BadInputException.at(samples.name() + ", picture " + i)
                        .found("label " + labels[i])
                        .expected("0 to " + (classes - 1) + ", the classes of the network")
                        .build();
            }
        }
        return LabelAgreement.of(array(samples.probabilities()), labels);
    }

    /** Names of metrics promise a kind, and features of different networks have nothing to do with each other. */
    private void requireNetwork(FeatureSet reference, FeatureSet samples) {
        if (!reference.key().network().kind().equals(kind)) {
            throw BadInputException.at(reference.name())
                    .found("features of kind " + reference.key().network().kind())
                    .expected("features of kind " + kind + ", whose metrics are asked for")
                    .build();
        }
        if (!samples.key().network().equals(reference.key().network())) {
            throw BadInputException.at(samples.name())
                    .found("features of " + samples.key().network())
                    .expected("those of " + reference.key().network() + ", as of " + reference.name())
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
