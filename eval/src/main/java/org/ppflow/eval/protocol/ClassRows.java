package org.ppflow.eval.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ppflow.eval.neighbours.ClassPrecisionRecall;
import org.ppflow.eval.statistics.LabelAgreement;

/** Joins what is known of each class. */
final class ClassRows {
    private ClassRows() {}

    /**
     * Joins.
     *
     * @param manifolds by class; nothing is said of samples, or of the reference, where no class has any: their classes are not known
     */
    static List<ClassRow> of(List<ClassPrecisionRecall> manifolds, Optional<LabelAgreement> agreement) {
        boolean samples = manifolds.stream().anyMatch(one -> one.samples() > 0);
        boolean references = manifolds.stream().anyMatch(one -> one.references() > 0);
        Map<Integer, Map<String, Double>> rows = new TreeMap<>();
        for (ClassPrecisionRecall one : manifolds) {
            Map<String, Double> figures = rows.computeIfAbsent(one.label(), label -> new LinkedHashMap<>());
            if (samples) {
                figures.put("sample_count", (double) one.samples());
            }
            if (references) {
                figures.put("reference_count", (double) one.references());
            }
            if (one.samples() > 0) {
                figures.put("precision", one.precision());
            }
            if (one.references() > 0) {
                figures.put("recall", one.recall());
            }
        }
        agreement.ifPresent(found -> {
            for (LabelAgreement.ClassCount one : found.classes()) {
                Map<String, Double> figures = rows.computeIfAbsent(one.label(), label -> new LinkedHashMap<>());
                figures.put("sample_count", (double) one.count());
                figures.put("agreed", (double) one.agreed());
            }
        });
        return rows.entrySet().stream()
                .map(entry -> new ClassRow(entry.getKey(), entry.getValue()))
                .toList();
    }
}
