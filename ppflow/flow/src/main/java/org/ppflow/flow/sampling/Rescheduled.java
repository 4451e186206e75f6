package org.ppflow.flow.sampling;

import java.util.List;
import java.util.stream.IntStream;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * A model sampled with other boundaries, or with some of its levels only: each level of the schedule is the model's level with the same
 * patches. Cost against quality is traded without training again.
 *
 * @param networks the model
 * @param schedule in place of its own
 * @param levels the model's level for each level of the schedule
 */
public record Rescheduled(LevelNetworks networks, LevelSchedule schedule, List<Integer> levels)
        implements LevelNetworks {
    public Rescheduled {
        levels = List.copyOf(levels);
        if (levels.size() != schedule.count()) {
            throw new IllegalArgumentException(levels.size() + " levels for a schedule of " + schedule.count());
        }
    }

    /**
     * Finds the levels: the model's own where the schedule is the model's, else those with the same patches. Where several have them, the one that
     * shares most of the time is meant.
     *
     * @throws BadInputException if the model has no level with the patches of one of the schedule's, or two that fit as well, or one of
     *     them is a pyramid that the other is not
     */
    public static List<Integer> levels(LevelSchedule model, LevelSchedule schedule) {
        if (model.representation() != schedule.representation()) {
            throw BadInputException.at("--schedule")
                    .found(schedule.name() + ", whose coarse levels are of the kind " + schedule.representation())
                    .expected("the model's kind, " + model.representation())
                    .build();
        }
        if (model.levels().equals(schedule.levels())) {
            return IntStream.range(0, model.count()).boxed().toList();
        }
        return schedule.levels().stream().map(level -> level(model, level)).toList();
    }

    private static int level(LevelSchedule model, PatchLevel wanted) {
        List<Integer> fitting = IntStream.range(0, model.count())
                .filter(own -> model.level(own).patch().equals(wanted.patch()))
                .boxed()
                .toList();
        if (fitting.isEmpty()) {
            throw BadInputException.at("--schedule")
                    .found("a level of " + wanted.patch() + " patches")
                    .expected("one of the model's "
                            + model.levels().stream().map(PatchLevel::patch).toList())
                    .build();
        }
        double most = fitting.stream()
                .mapToDouble(own -> overlap(model.level(own), wanted))
                .max()
                .orElseThrow();
        List<Integer> best = fitting.stream()
                .filter(own -> overlap(model.level(own), wanted) == most)
                .toList();
        if (best.size() > 1) {
            throw BadInputException.at("--schedule")
                    .found(wanted.patch() + " from " + wanted.start() + " to " + wanted.end() + ", which levels " + best
                            + " of the model fit as well as each other")
                    .expected("boundaries that tell them apart")
                    .build();
        }
        return best.get(0);
    }

    private static double overlap(PatchLevel one, PatchLevel other) {
        return Math.max(0, Math.min(one.end(), other.end()) - Math.max(one.start(), other.start()));
    }

    @Override
    public FloatArray output(int level, FloatArray x, float[] times, int[] labels) {
        return networks.output(levels.get(level), x, times, labels);
    }

    @Override
    public Differentiated differentiate(int level, FloatArray x, float[] times, int[] labels, FloatArray cotangent) {
        return networks.differentiate(levels.get(level), x, times, labels, cotangent);
    }

    @Override
    public int nullClass() {
        return networks.nullClass();
    }
}
