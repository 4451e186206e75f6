package org.ppflow.app.figure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Cost against quality: what models score, over what they cost.
 *
 * @param title above the chart
 * @param cost horizontal axis, for instance FLOPs in percent of SiT's
 * @param quality vertical axis
 * @param series in the order of the legend; at least one point in all
 * @param front which direction is better, where the points that no other beats in both cost and quality shall be joined
 */
public record CostQualityChart(String title, Axis cost, Axis quality, List<Series> series, Optional<Better> front) {
    /** Where a number comes from, told apart by the filling of its marker. */
    public enum Kind {
        /** Printed in a paper: hollow. */
        PUBLISHED("published"),
        /** Measured here at full scale: filled. */
        FULL_SCALE("ours, full scale"),
        /** Measured here on a scaled-down experiment: pale. */
        SCALED_DOWN("ours, scaled down");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** As the legend says it. */
        public String meaning() {
            return meaning;
        }
    }

    /** Which values are better. */
    public enum Better {
        /** FID. */
        LOWER,
        /** Inception Score. */
        HIGHER
    }

    /**
     * One model's score.
     *
     * @param cost where it stands on the horizontal axis
     * @param value where it stands on the vertical axis
     * @param error half the length of its error bar, at least 0, if it has one
     * @param label beside its marker; may be empty
     * @param kind where the value comes from
     */
    public record Score(double cost, double value, OptionalDouble error, String label, Kind kind) {
        public Score {
            if (!Double.isFinite(cost) || !Double.isFinite(value) || !(error.orElse(0) >= 0)) {
                throw new IllegalArgumentException("score '" + label + "': cost " + cost + ", value " + value
                        + " and error " + error + " must be finite, the error not negative");
            }
        }

        /** Without an error bar. */
        public static Score of(double cost, double value, String label, Kind kind) {
            return new Score(cost, value, OptionalDouble.empty(), label, kind);
        }

        double lowest() {
            return value - error.orElse(0);
        }

        double highest() {
            return value + error.orElse(0);
        }
    }

    /**
     * Scores that belong together, with a colour and a shape of their own.
     *
     * @param name in the legend
     * @param scores in the order in which a line joins them
     * @param connected whether a line joins them
     */
    public record Series(String name, List<Score> scores, boolean connected) {
        public Series {
            scores = List.copyOf(scores);
            if (name.isBlank()) {
                throw new IllegalArgumentException("name: a series has one");
            }
        }
    }

    public CostQualityChart {
        series = List.copyOf(series);
        List<Score> scores =
                series.stream().flatMap(one -> one.scores().stream()).toList();
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("series: '" + title + "' has no point to draw");
        }
        for (Score score : scores) {
            if ((cost.log() && score.cost() <= 0) || (quality.log() && score.lowest() <= 0)) {
                throw new IllegalArgumentException("score '" + score.label() + "' of '" + title + "': cost "
                        + score.cost() + " and value " + score.value()
                        + ", error bar included, must be above 0 on a logarithmic axis");
            }
        }
    }

    /** All scores, series after series. */
    public List<Score> scores() {
        return series.stream().flatMap(one -> one.scores().stream()).toList();
    }
}
