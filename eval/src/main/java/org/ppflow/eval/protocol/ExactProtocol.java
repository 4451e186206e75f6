package org.ppflow.eval.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.eval.statistics.InceptionScore;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.eval.statistics.PrecisionRecall;

/**
 * The protocol {@code exact}: statistics in double, brute-force distances, scores over all pictures at once. Independent of batch size,
 * order and device. Metrics carry the kind of the network in their names; only Inception's are called FID.
 *
 * @param kind of the feature network
 * @param nearestK k of precision and recall
 */
public record ExactProtocol(String kind, int nearestK) {
    /**
     * Scores samples.
     *
     * @param reference features of real pictures
     * @param samples features of the pictures to score
     * @param labels class asked for each sample; null where none was
     */
    public Evaluation evaluate(FeatureSet reference, FeatureSet samples, int @Nullable [] labels) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        FrechetDistance distance = FrechetDistance.between(reference.statistics(), samples.statistics());
        metrics.put(kind + "_fd", distance.value());
        if (distance.singular()) {
            warnings.add("a covariance of " + reference.name() + " or " + samples.name()
                    + " is singular (features that never change, or fewer pictures than features): digits of " + kind
                    + "_fd beyond 1e-7 of its traces mean nothing");
        }
        metrics.put(kind + "_score", InceptionScore.of(samples.probabilities()));
        PrecisionRecall manifolds = PrecisionRecall.of(reference.features(), samples.features(), nearestK);
        metrics.put(kind + "_precision", manifolds.precision());
        metrics.put(kind + "_recall", manifolds.recall());
        if (labels != null) {
            LabelAgreement agreement = LabelAgreement.of(samples.probabilities(), labels);
            metrics.put("label_agreement", agreement.share());
            metrics.put("label_agreement_standard_error", agreement.standardError());
        }
        return new Evaluation("exact", metrics, warnings);
    }
}
