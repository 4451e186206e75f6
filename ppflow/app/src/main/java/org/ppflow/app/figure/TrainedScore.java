package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ppflow.app.published.PublishedRow;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PackedRows;

/**
 * What a model scores after a training of some cost.
 *
 * @param series the model, whose trainings of several lengths belong together
 * @param label of this training
 * @param cost of it, percent of the baseline's
 * @param fid Fréchet Inception distance
 * @param fidError half an error bar's length, if it has one
 * @param inceptionScore Inception Score
 * @param inceptionError half an error bar's length, if it has one
 * @param kind where the scores come from
 */
public record TrainedScore(
        String series,
        String label,
        double cost,
        double fid,
        OptionalDouble fidError,
        double inceptionScore,
        OptionalDouble inceptionError,
        CostQualityChart.Kind kind) {
    /** The training that the paper's costs are shares of (its Table 1). */
    public static final String BASELINE = "SiT-B/2 7M";

    private static final String TABLE = "arXiv 2506.23543, Table 1";
    private static final Pattern NAME = Pattern.compile("(?:(SiT)-B/2|PPF-B-([23])) (\\d+)M");
    private static final int LATENT = 32;
    private static final double PERCENT = 100;

    /** What a row of the table was trained by, from its name; millions of steps. */
    private record Training(LevelSchedule schedule, String model, long millions) {
        static Training of(PublishedRow row) {
            Matcher name = NAME.matcher(row.name());
            if (!name.matches()) {
                throw new IllegalArgumentException("row '" + row.name() + "' does not name a model and its steps");
            }
            return new Training(
                    name.group(1) != null ? LevelSchedule.SIT : LevelSchedule.preset("ppf-" + name.group(2)),
                    name.group().substring(0, name.group().lastIndexOf(' ')),
                    Long.parseLong(name.group(3)));
        }

        /** In millions of steps of the one-level model. */
        double cost() {
            return millions * PackedRows.smallest(schedule, LATENT, LATENT).share();
        }
    }

    /**
     * The rows of the paper's Table 1. Their costs are computed: steps × rows an image takes when the images of a batch stand packed in rows, as in the paper's
     * training, over the same for {@value #BASELINE}.
     */
    public static List<TrainedScore> published(PublishedRows rows) {
        double baseline = Training.of(rows.find(BASELINE)).cost();
        List<TrainedScore> scores = new ArrayList<>();
        for (PublishedRow row : rows.rows()) {
            if (row.source().equals(TABLE)) {
                Training training = Training.of(row);
                scores.add(new TrainedScore(
                        training.model(),
                        training.millions() + " M",
                        PERCENT * training.cost() / baseline,
                        metric(row, "fid"),
                        OptionalDouble.empty(),
                        metric(row, "inception_score"),
                        OptionalDouble.empty(),
                        CostQualityChart.Kind.PUBLISHED));
            }
        }
        return scores;
    }

    private static double metric(PublishedRow row, String name) {
        Double value = row.metrics().get(name);
        if (value == null) {
            throw new IllegalArgumentException("row '" + row.name() + "' has no " + name);
        }
        return value;
    }
}
