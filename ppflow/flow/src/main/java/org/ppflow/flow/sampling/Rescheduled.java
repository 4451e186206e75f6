package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;
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
     * Finds the levels by their patches.
     *
     * @throws BadInputException if the model has no level with the patches of one of the schedule's
     */
    public static List<Integer> levels(LevelSchedule model, LevelSchedule schedule) {
        List<Integer> levels = new ArrayList<>();
        for (PatchLevel level : schedule.levels()) {
            int found = -1;
            for (int own = 0; own < model.count(); own++) {
                if (model.level(own).patch().equals(level.patch())) {
                    found = own;
                }
            }
            if (found < 0) {
                throw BadInputException.at("schedule")
                        .found("a level of " + level.patch() + " patches")
                        .expected("one of the model's "
                                + model.levels().stream().map(PatchLevel::patch).toList())
                        .build();
            }
            levels.add(found);
        }
        return levels;
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
