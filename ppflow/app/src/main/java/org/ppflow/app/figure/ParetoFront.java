package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The scores for which no other is both cheaper or as cheap, and better or as good. */
public final class ParetoFront {
    private ParetoFront() {}

    /** Those scores, from the cheapest to the best; of equals the first. */
    public static List<CostQualityChart.Score> of(List<CostQualityChart.Score> scores, CostQualityChart.Better better) {
        double sign = better == CostQualityChart.Better.LOWER ? 1 : -1;
        List<CostQualityChart.Score> sorted = new ArrayList<>(scores);
        sorted.sort(Comparator.comparingDouble(CostQualityChart.Score::cost)
                .thenComparingDouble(score -> sign * score.value()));
        List<CostQualityChart.Score> front = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        for (CostQualityChart.Score score : sorted) {
            if (sign * score.value() < best) {
                best = sign * score.value();
                front.add(score);
            }
        }
        return front;
    }
}
