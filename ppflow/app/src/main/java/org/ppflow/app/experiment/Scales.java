package org.ppflow.app.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.flow.level.LevelSchedule;

/**
 * Guidance scales that a report shows.
 *
 * @param all each with one scale a level
 * @param own which of them the run samples with, from 0
 */
record Scales(List<List<Double>> all, int own) {
    /** Those of the config, and the run's own; a network that has not learned what no class is has the own alone. */
    static Scales of(ExperimentConfig config, LevelSchedule schedule) {
        List<Double> own = config.sampling().guidanceFor(schedule);
        List<List<Double>> all = new ArrayList<>();
        if (config.model().classDropout() > 0) {
            config.report().guidance().forEach(scale -> all.add(Collections.nCopies(schedule.count(), scale)));
        }
        if (!all.contains(own)) {
            all.add(own);
        }
        return new Scales(List.copyOf(all), all.indexOf(own));
    }

    /** {@code 1.5}, or of each level {@code 1.5, 3}. */
    List<String> names() {
        return all.stream().map(Scales::name).toList();
    }

    private static String name(List<Double> scales) {
        return scales.stream().distinct().count() == 1
                ? text(scales.get(0))
                : scales.stream().map(Scales::text).collect(Collectors.joining(", "));
    }

    private static String text(double scale) {
        return scale == Math.rint(scale) ? Long.toString(Math.round(scale)) : Double.toString(scale);
    }
}
