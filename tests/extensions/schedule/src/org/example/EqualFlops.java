package org.example;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.level.ScheduleFamily;

/**
 * Schedules whose levels cost the same over t: a level with half the tokens lasts twice as long. Costs count as tokens, which leaves out attention's square;
 * at the sizes of the paper's networks that is a few percent.
 */
public final class EqualFlops implements ScheduleFamily {
    @Override
    public List<LevelSchedule> members() {
        return List.of(
                schedule("equal-flops-2", new PatchSize(4, 4), new PatchSize(2, 2)),
                schedule("equal-flops-3", new PatchSize(4, 4), new PatchSize(2, 4), new PatchSize(2, 2)));
    }

    private static LevelSchedule schedule(String name, PatchSize... patches) {
        double all = 0;
        for (PatchSize patch : patches) {
            all += patch.area(); // time is due as 1/tokens, and tokens as 1/area
        }
        List<PatchLevel> levels = new ArrayList<>();
        double area = 0;
        for (PatchSize patch : patches) {
            double start = area / all;
            area += patch.area();
            levels.add(new PatchLevel(patch, start, area / all));
        }
        return new LevelSchedule(name, levels);
    }
}
