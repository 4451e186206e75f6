package org.ppflow.app.figure;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.PatchSize;

/** How levels are written in drawings. */
final class LevelText {
    private LevelText() {}

    /** {@code Level 1: 2×4}. */
    static String name(LevelSchedule schedule, int level) {
        return "Level " + level + ": " + patch(schedule.level(level).patch());
    }

    /** {@code 2×4}, rows first. */
    static String patch(PatchSize patch) {
        return patch.rows() + "×" + patch.columns();
    }

    /** {@code 0.5 ≤ t < 0.75}; the last level holds its end too. */
    static String interval(LevelSchedule schedule, int level) {
        PatchLevel held = schedule.level(level);
        String end = level == schedule.count() - 1 ? " ≤ t ≤ " : " ≤ t < ";
        return number(held.start()) + end + number(held.end());
    }

    /** As short as it can be written. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The colours of a schedule's levels where nothing else is beside it. */
    static List<Colour> colours(LevelSchedule schedule) {
        return IntStream.range(0, schedule.count()).mapToObj(LevelText::colour).toList();
    }

    /** The colour of a level in drawings of one schedule. */
    static Colour colour(int level) {
        return Colour.series(level);
    }
}
