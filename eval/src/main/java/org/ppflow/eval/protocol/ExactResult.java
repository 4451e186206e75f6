package org.ppflow.eval.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.eval.statistics.LabelAgreement;

/**
 * What the {@code exact} protocol found.
 *
 * @param referenceCount pictures of the reference
 * @param sampleCount pictures that were scored
 * @param metrics by key, in the order of a report: {@code classifier_fd}, {@code classifier_score},
 *     {@code classifier_score_splits_mean}, {@code classifier_score_splits_std}, {@code classifier_precision},
 *     {@code classifier_recall}, {@code classifier_density}, {@code classifier_coverage}, and for labelled samples
 *     {@code label_agreement}, {@code label_agreement_standard_error}, {@code label_agreement_low}, {@code label_agreement_high} (95 %)
 * @param agreement counts for each class, where samples have labels
 * @param findings what is doubtful
 */
public record ExactResult(
        int referenceCount,
        int sampleCount,
        Map<String, Double> metrics,
        Optional<LabelAgreement> agreement,
        List<Finding> findings) {
    public ExactResult {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        findings = List.copyOf(findings);
    }

    /** The value of a key, which must be there. */
    public double metric(String key) {
        Double value = metrics.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no metric " + key + " among " + metrics.keySet());
        }
        return value;
    }

    /** As the report has it: metrics, counts, and for labelled samples {@code label_agreement_by_class}. */
    Map<String, Object> toReport() {
        Map<String, Object> report = new LinkedHashMap<>(metrics);
        report.put("reference_count", referenceCount);
        report.put("sample_count", sampleCount);
        agreement.ifPresent(found -> report.put("label_agreement_by_class", found.classes()));
        return report;
    }
}
