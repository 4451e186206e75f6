package org.ppflow.eval.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.NetworkKind;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.eval.statistics.InceptionScore;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.eval.statistics.PrecisionRecall;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * The protocol {@code exact}: statistics and distances in fp64, nothing depends on the order of pictures or on how they come in
 * batches. Each source is read once, whatever the number of metrics; a reference that was read once serves for any number
 * of sample sets.
 *
 * <p>Not owner of the network. Memory as {@link #score} says, for both sets.
 */
public final class ExactProtocol {
    /** The protocol's key in reports. */
    public static final String NAME = "exact";

    private static final long KEY_MASK = (1L << 48) - 1;

    private final FeatureNetwork network;
    private final ExactOptions options;

    /** The protocol with one network. */
    public ExactProtocol(FeatureNetwork network, ExactOptions options) {
        this.network = network;
        this.options = options;
    }

    /** Reads both sources and compares them. */
    public ExactResult evaluate(ImageSource reference, ImageSource samples, Progress progress) throws IOException {
        return compare(score(reference, progress), score(samples, progress));
    }

    /**
     * Reads a source once, through the network. Memory: a batch of pictures, and 4·(features + classes) + 8 bytes a picture,
     * twice that for a moment at the end.
     *
     * @throws BadInputException if the pictures do not fit the network, are fewer than two, or lead to numbers that are not finite
     */
    public ScoredSet score(ImageSource source, Progress progress) throws IOException {
        return ScoringPass.run(source, network, progress);
    }

    /** All metrics of samples against a reference, both read through this network. */
    public ExactResult compare(ScoredSet reference, ScoredSet samples) {
        require(reference);
        require(samples);
        NetworkKind kind = network.kind();
        List<Finding> findings = new ArrayList<>();
        findings.addAll(Finding.prefixed("reference", reference.findings()));
        findings.addAll(Finding.prefixed("samples", samples.findings()));
        if (!reference.format().equals(samples.format())) {
            findings.add(new Finding(
                    "resolution", "samples are " + samples.format() + ", the reference is " + reference.format()));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        FrechetDistance distance = FrechetDistance.between(reference.statistics(), samples.statistics());
        metrics.put(kind.frechetDistance(), distance.value());
        distance.warnings().forEach(warning -> findings.add(new Finding("singular_covariance", warning)));
        putScores(samples, metrics);
        PrecisionRecall manifold = PrecisionRecall.between(
                reference.described().features(), samples.described().features(), options.nearestK());
        metrics.put(kind.metric("precision"), manifold.precision());
        metrics.put(kind.metric("recall"), manifold.recall());
        metrics.put(kind.metric("density"), manifold.density());
        metrics.put(kind.metric("coverage"), manifold.coverage());
        if (manifold.nearEdge() > 0) {
            findings.add(new Finding(
                    "near_ties",
                    manifold.nearEdge() + " images are within 1e-6 of the edge of a ball: precision and recall may"
                            + " differ by so many images where distances are fp32"));
        }
        Optional<LabelAgreement> agreement = Optional.ofNullable(samples.labels())
                .map(labels -> LabelAgreement.of(samples.described().probabilities(), labels));
        agreement.ifPresent(found -> {
            metrics.put("label_agreement", found.share());
            metrics.put("label_agreement_standard_error", found.standardError());
            metrics.put("label_agreement_low", found.interval95().low());
            metrics.put("label_agreement_high", found.interval95().high());
        });
        return new ExactResult(reference.count(), samples.count(), metrics, agreement, findings);
    }

    private void putScores(ScoredSet samples, Map<String, Double> metrics) {
        String score = network.kind().score();
        metrics.put(score, InceptionScore.of(samples.described().probabilities()));
        int splits = Math.min(options.splits(), samples.count());
        long[] keys = Arrays.stream(samples.keys())
                .map(key -> RandomStream.of(options.shuffleSeed(), Purpose.EVALUATION_SHUFFLE, key & KEY_MASK)
                        .nextLong())
                .toArray();
        InceptionScore.Splits parts =
                InceptionScore.shuffled(samples.described().probabilities(), keys, splits);
        metrics.put(score + "_splits_mean", parts.mean());
        metrics.put(score + "_splits_std", parts.standardDeviation());
    }

    private void require(ScoredSet set) {
        if (!set.networkHash().equals(network.contentHash())) {
            throw new IllegalArgumentException(set.name() + " was described by another network");
        }
        if (set.count() <= options.nearestK()) {
            throw BadInputException.at(set.name())
                    .found(set.count() + " images")
                    .expected("more than nearest_k, " + options.nearestK())
                    .build();
        }
    }
}
