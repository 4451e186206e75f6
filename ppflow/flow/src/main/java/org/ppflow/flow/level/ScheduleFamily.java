package org.ppflow.flow.level;

import java.util.List;

/**
 * Schedules that somebody adds under names of their own, beside {@code sit}, {@code ppf-2} and the others.
 *
 * <p>It is a class with a public constructor without parameters, named in a file {@code META-INF/services/org.ppflow.flow.level.ScheduleFamily} beside it. A run
 * writes the levels of such a schedule into its config, not the name, so what it made can be read without the family.
 */
public interface ScheduleFamily {
    /** Its members, at least one, the same at every call; names of letters, digits, {@code . _ -} that no other schedule has. */
    List<LevelSchedule> members();
}
