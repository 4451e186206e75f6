package org.ppflow.flow.level;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.extension.Extensions;

/** The schedules that have a name: the toolkit's own, and those of {@link ScheduleFamily} on the class path. */
public final class NamedSchedules {
    private static final Map<String, LevelSchedule> BUILT_IN = Stream.of(
                    LevelSchedule.SIT,
                    LevelSchedule.PPF_2,
                    LevelSchedule.PPF_3,
                    LevelSchedule.PYRAMID,
                    LevelSchedule.PYRAMID_RENOISED)
            .collect(Collectors.toMap(
                    LevelSchedule::name,
                    schedule -> schedule,
                    (one, other) -> one,
                    TreeMap<String, LevelSchedule>::new));

    private static final Extensions<ScheduleFamily> EXTENSIONS = new Extensions<>(
            ScheduleFamily.class,
            "schedule",
            family -> family.members().stream().map(LevelSchedule::name).toList(),
            BUILT_IN.keySet());

    private NamedSchedules() {}

    /** The toolkit's own, sorted by name: what published weights may be of. */
    public static List<LevelSchedule> builtIn() {
        return List.copyOf(BUILT_IN.values());
    }

    /** All names, the toolkit's own first. */
    public static List<String> names() {
        return Stream.concat(BUILT_IN.keySet().stream(), EXTENSIONS.names().stream())
                .toList();
    }

    /** Where a schedule comes from; empty for the toolkit's own, and for names that none has. */
    public static Optional<Extension> extension(String name) {
        return EXTENSIONS.origin(name);
    }

    /** The schedules that are added from outside. */
    public static List<Extension> extensions() {
        return EXTENSIONS.all();
    }

    /** The schedule of a name; empty where there is none. */
    public static Optional<LevelSchedule> find(String name) {
        LevelSchedule own = BUILT_IN.get(name);
        return own != null
                ? Optional.of(own)
                : EXTENSIONS.named(name).stream()
                        .flatMap(family -> family.members().stream())
                        .filter(member -> member.name().equals(name))
                        .findFirst();
    }

    /** All of them by name. */
    static Map<String, LevelSchedule> all() {
        Map<String, LevelSchedule> all = new LinkedHashMap<>();
        names().forEach(name -> all.put(name, named(name)));
        return all;
    }

    /**
     * The schedule of a name.
     *
     * @throws BadInputException if there is none
     */
    static LevelSchedule named(String name) {
        return find(name)
                .orElseThrow(() -> BadInputException.at("schedule '" + name + "'")
                        .found("no preset of this name")
                        .expected("one of " + String.join(", ", names())
                                + ", or patches with the times at which they end, as 4x4:0.5,2x2")
                        .advice(Nearest.to(name, names())
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("configs define others by name and levels"))
                        .build());
    }
}
