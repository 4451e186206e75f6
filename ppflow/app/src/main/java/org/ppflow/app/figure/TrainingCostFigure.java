package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Training FLOPs against FID and Inception Score (paper, Figure 4). */
public final class TrainingCostFigure {
    private static final String COST =
            "Training FLOPs (% of " + TrainedScore.BASELINE.replace("7M", "at 7 M steps") + ")";

    private TrainingCostFigure() {}

    /**
     * The figure: two charts, in which a line joins the trainings of one model and one kind.
     *
     * @param scores at least one; the paper's are {@link TrainedScore#published}, ours may follow
     */
    public static Figure of(List<TrainedScore> scores) {
        CostQualityChart fid = chart(
                "FID",
                "FID-50K (lower is better)",
                scores,
                score -> new CostQualityChart.Score(
                        score.cost(), score.fid(), score.fidError(), score.label(), score.kind()));
        CostQualityChart inception = chart(
                "Inception Score",
                "Inception Score (higher is better)",
                scores,
                score -> new CostQualityChart.Score(
                        score.cost(), score.inceptionScore(), score.inceptionError(), score.label(), score.kind()));
        return ChartFigure.of("Training FLOPs against FID and Inception Score", List.of(fid, inception));
    }

    private static CostQualityChart chart(
            String title,
            String quality,
            List<TrainedScore> scores,
            Function<TrainedScore, CostQualityChart.Score> point) {
        Map<String, List<CostQualityChart.Score>> series = new LinkedHashMap<>();
        for (TrainedScore score : scores) {
            series.computeIfAbsent(score.series(), name -> new ArrayList<>()).add(point.apply(score));
        }
        return new CostQualityChart(
                title,
                Axis.linear(COST),
                Axis.linear(quality),
                series.entrySet().stream()
                        .map(entry -> new CostQualityChart.Series(entry.getKey(), entry.getValue(), true))
                        .toList(),
                Optional.empty());
    }
}
