package org.ppflow.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.config.GridReader;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/** Reads {@code --schedule}: a schedule's name, levels as {@code 4x4:0.5,2x2}, or schedules of a config, {@code mine.yaml} or {@code mine.yaml#NAME}. */
public final class ScheduleOption {
    private static final Pattern CONFIG = Pattern.compile("(.+\\.ya?ml)(?:#(.*))?");

    private ScheduleOption() {}

    /** Whether a text names a config. */
    public static boolean isConfig(String text) {
        return CONFIG.matcher(text).matches();
    }

    /**
     * The one schedule of a text.
     *
     * @throws BadInputException if there is none, or a config has several and the text does not say which
     */
    public static LevelSchedule one(String text) throws IOException {
        List<LevelSchedule> all = all(text);
        if (all.size() > 1) {
            throw BadInputException.at("--schedule " + text)
                    .found("found schedules " + String.join(", ", names(all)))
                    .expected("one of them")
                    .advice("say which: " + text + "#" + all.get(all.size() - 1).name())
                    .build();
        }
        return all.get(0);
    }

    /** The same of an option that may be left out. */
    public static Optional<LevelSchedule> of(@Nullable String text) throws IOException {
        return text == null ? Optional.empty() : Optional.of(one(text));
    }

    /**
     * The schedule of a text, or all those of a config, each once, with cells and grid those of all experiments.
     *
     * @throws BadInputException if there is none
     */
    public static List<LevelSchedule> all(String text) throws IOException {
        Matcher config = CONFIG.matcher(text);
        if (!config.matches()) {
            return List.of(LevelSchedule.parse(text));
        }
        List<LevelSchedule> all = new ArrayList<>();
        for (GridCell cell :
                GridReader.read(Path.of(config.group(1)), List.of()).cells()) {
            for (LevelSchedule schedule : cell.config().schedules()) {
                if (!all.contains(schedule)) {
                    all.add(schedule);
                }
            }
        }
        String name = config.group(2);
        return name == null ? all : List.of(named(text, name, all));
    }

    private static LevelSchedule named(String text, String name, List<LevelSchedule> all) {
        List<LevelSchedule> found =
                all.stream().filter(schedule -> schedule.name().equals(name)).toList();
        if (found.size() > 1) {
            throw BadInputException.at("--schedule " + text)
                    .found(found.size() + " schedules '" + name + "' in the config, of different levels")
                    .expected("a name that stands for one")
                    .advice("write the levels themselves, as 4x4:0.5,2x2")
                    .build();
        }
        if (found.isEmpty()) {
            BadInputException.Builder problem = BadInputException.at("--schedule " + text)
                    .found("no schedule '" + name + "' in the config")
                    .expected("one of " + String.join(", ", names(all)));
            Nearest.to(name, names(all)).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
            throw problem.build();
        }
        return found.get(0);
    }

    private static List<String> names(List<LevelSchedule> all) {
        return all.stream().map(LevelSchedule::name).toList();
    }
}
