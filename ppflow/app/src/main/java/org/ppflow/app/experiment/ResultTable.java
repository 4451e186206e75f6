package org.ppflow.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;

/**
 * The table of an experiment: every number from the figures of the stages, ratios against the first model where there are others, and where that is no SiT the share of one's
 * FLOPs.
 */
final class ResultTable {
    private static final double GIGA = 1e9;

    private ResultTable() {}

    /**
     * Makes it.
     *
     * @param cautions what a reader should know besides disturbed measurements, a sentence each without a capital
     */
    static Table of(String title, List<ModelResult> results, ScoreRows scores, List<String> cautions) {
        ModelResult base = results.get(0);
        boolean compared = results.size() > 1;
        List<ModelPlan> plans = results.stream().map(ModelResult::plan).toList();
        String against = "× " + base.plan().name();
        List<Table.Row> rows = new ArrayList<>();
        rows.add(row(
                results,
                "levels",
                "levels",
                false,
                result -> Cell.text(levels(result.plan().schedule()))));
        rows.add(row(results, "FLOPs of levels", "flops_of_levels", false, result -> Cell.text(shares(result.plan()))));
        rows.add(row(
                results,
                "parameters",
                "parameters",
                false,
                result -> new Cell(
                        String.format(Locale.ROOT, "%,d", result.training().parameters()),
                        (double) result.training().parameters())));
        rows.add(row(
                results,
                "training images",
                "training_images",
                false,
                result -> new Cell(
                        String.format(Locale.ROOT, "%,d", result.training().images()),
                        (double) result.training().images())));
        rows.add(row(
                results,
                "training time",
                "training_seconds",
                true,
                result -> Cell.seconds(result.training().seconds())));
        rows.add(row(
                results,
                "training images/s",
                "training_images_per_s",
                true,
                result -> Cell.number(result.training().imagesPerSecond(), 0)));
        if (compared) {
            rows.add(row(
                    results,
                    "training speed, " + against,
                    "training_speed_ratio",
                    true,
                    result -> result.equals(base)
                            ? Cell.factor(1)
                            : SpeedRatio.ofTraining(result, base).cell()));
            rows.add(row(
                    results,
                    "  by FLOPs",
                    "training_speed_ratio_by_flops",
                    false,
                    result -> Cell.factor(trainingFlops(base) / trainingFlops(result))));
        }
        if (ShareOfSit.isTold(plans)) {
            rows.add(row(
                    results,
                    ShareOfSit.TRAINING,
                    ShareOfSit.TRAINING_KEY,
                    false,
                    result -> Cell.percent(new ShareOfSit(result.plan()).training())));
        }
        rows.add(row(
                results,
                "sampling time",
                "sampling_seconds",
                true,
                result -> Cell.seconds(result.sampling().seconds())));
        rows.add(row(
                results,
                "samples/s",
                "samples_per_s",
                true,
                result -> Cell.number(result.sampling().samplesPerSecond(), 1)));
        if (compared) {
            rows.add(row(
                    results,
                    "sampling speed, " + against,
                    "sampling_speed_ratio",
                    true,
                    result -> result.equals(base)
                            ? Cell.factor(1)
                            : SpeedRatio.ofSampling(result, base).cell()));
            rows.add(row(
                    results,
                    "  by FLOPs",
                    "sampling_speed_ratio_by_flops",
                    false,
                    result -> Cell.factor(
                            base.sampling().flops() / result.sampling().flops())));
        }
        if (ShareOfSit.isTold(plans)) {
            rows.add(row(
                    results,
                    ShareOfSit.SAMPLING,
                    ShareOfSit.SAMPLING_KEY,
                    false,
                    result -> Cell.percent(new ShareOfSit(result.plan())
                            .sampling(
                                    result.sampling().passes(),
                                    result.sampling().flops()))));
        }
        rows.add(row(
                results,
                "NFE",
                "nfe",
                false,
                result -> new Cell(
                        counts(result.sampling().nfe(), result.sampling().evaluations()),
                        result.sampling().nfe())));
        rows.add(row(
                results,
                "GFLOPs a sample",
                "gflops_per_sample",
                false,
                result -> Cell.number(result.sampling().flops() / GIGA, 2)));
        rows.addAll(scores.rows());
        return new Table(
                title,
                results.stream().map(result -> result.plan().name()).toList(),
                rows,
                scores.notes(),
                Stream.concat(BusyMeasurements.of(results).stream(), cautions.stream())
                        .toList());
    }

    /** {@code 4x4 to t = 0.5, 2x2}. */
    static String levels(LevelSchedule schedule) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < schedule.count(); i++) {
            double end = schedule.level(i).end();
            parts.add(end < 1 ? schedule.describe(i) + " to " + end : schedule.describe(i));
        }
        return String.join(", ", parts);
    }

    /** Cost of a pass at each level over one at the last, {@code 23.5 %, 100 %}. */
    private static String shares(ModelPlan plan) {
        double finest =
                plan.flops().blocks(plan.schedule().level(plan.schedule().count() - 1));
        List<String> parts = new ArrayList<>();
        for (PatchLevel level : plan.schedule().levels()) {
            parts.add(String.format(Locale.ROOT, "%.1f %%", 100 * plan.flops().blocks(level) / finest));
        }
        return String.join(", ", parts);
    }

    private static double trainingFlops(ModelResult result) {
        return result.plan().flops().trainingImage(result.plan().schedule());
    }

    /** A cell of each model. */
    static Table.Row row(
            List<ModelResult> results, String name, String key, boolean timing, Function<ModelResult, Cell> cell) {
        List<@Nullable Cell> cells = new ArrayList<>();
        results.forEach(result -> cells.add(cell.apply(result)));
        return new Table.Row(name, key, timing, cells);
    }

    /** {@code 40 (20 + 20)}: evaluations of an image and at which levels. */
    static String counts(double nfe, List<Double> levels) {
        String each = String.join(" + ", levels.stream().map(ResultTable::count).toList());
        return count(nfe) + " (" + each + ")";
    }

    private static String count(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
