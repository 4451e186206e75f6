package org.ppflow.app.command;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.config.GridReader;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/**
 * Reads {@code --schedule}: a schedule's name, levels as {@code 4x4:0.5,2x2}, or schedules of a config, {@code mine.yaml} or {@code mine.yaml#NAME}; where several may be
 * given, a list of them.
 */
public final class ScheduleOption {
    private static final Pattern CONFIG = Pattern.compile("(.+\\.ya?ml)(?:#(.*))?");
    /** A level of a schedule that goes on: its time is not 1, where a schedule ends. */
    private static final Pattern LEVEL_WITH_TIME = Pattern.compile("\\d+(?:x\\d+)?:(?!1(?:\\.0*)?$).*");

    private ScheduleOption() {}

    /**
     * The one schedule of a text.
     *
     * @throws BadInputException if there is none, or a config has several and the text does not say which
     */
    public static LevelSchedule one(String text) throws IOException {
        return chosen(text).schedule();
    }

    /** The same with the networks of its config. */
    public static ChosenSchedule chosen(String text) throws IOException {
        List<ChosenSchedule> all = all(text);
        if (all.size() > 1) {
            throw BadInputException.at("--schedule " + text)
                    .found("found schedules " + String.join(", ", names(all)))
                    .expected("one of them")
                    .advice("say which: " + text + "#"
                            + all.get(all.size() - 1).schedule().name())
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
    public static List<ChosenSchedule> all(String text) throws IOException {
        Matcher config = CONFIG.matcher(text);
        if (!config.matches()) {
            LevelSchedule schedule = LevelSchedule.parse(text);
            boolean named = NamedSchedules.find(text).isPresent();
            return List.of(ChosenSchedule.withoutConfig(named ? schedule.name() : text, schedule));
        }
        Map<LevelSchedule, ChosenSchedule> all = new LinkedHashMap<>();
        for (GridCell cell :
                GridReader.read(Path.of(config.group(1)), List.of()).cells()) {
            ConfigNetwork network = new ConfigNetwork(cell.config().name(), cell.config());
            for (LevelSchedule schedule : cell.config().schedules()) {
                all.merge(
                        schedule,
                        ChosenSchedule.withoutConfig(schedule.name(), schedule).with(network),
                        (known, one) -> known.with(network));
            }
        }
        String name = config.group(2);
        return name == null ? List.copyOf(all.values()) : List.of(named(text, name, List.copyOf(all.values())));
    }

    /**
     * The schedules of a list with commas between: names, levels, configs. Levels need no other separator: the level without a time, or with 1, is a schedule's last.
     *
     * @throws BadInputException if one of them is none
     */
    public static List<ChosenSchedule> list(String text) throws IOException {
        if (CONFIG.matcher(text).matches() && Files.exists(Path.of(text))) { // a comma in a file's name
            return all(text);
        }
        List<ChosenSchedule> list = new ArrayList<>();
        StringBuilder levels = new StringBuilder();
        for (String part : Splitter.on(',').trimResults().split(text)) {
            boolean goesOn = LEVEL_WITH_TIME.matcher(part).matches();
            if (goesOn || !levels.isEmpty()) {
                levels.append(levels.isEmpty() ? "" : ",").append(part);
                if (!goesOn) {
                    list.addAll(all(levels.toString()));
                    levels.setLength(0);
                }
            } else {
                list.addAll(all(part));
            }
        }
        if (!levels.isEmpty()) {
            list.addAll(all(levels.toString()));
        }
        return list;
    }

    private static ChosenSchedule named(String text, String name, List<ChosenSchedule> all) {
        List<ChosenSchedule> found =
                all.stream().filter(one -> one.schedule().name().equals(name)).toList();
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

    private static List<String> names(List<ChosenSchedule> all) {
        return all.stream().map(one -> one.schedule().name()).toList();
    }
}
