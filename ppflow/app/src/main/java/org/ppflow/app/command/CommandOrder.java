package org.ppflow.app.command;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;

/** The order in which help lists commands, whichever room they come from. */
final class CommandOrder {
    /** As a person needs them: the whole, its parts, what is made of them, what goes in, then what surrounds the work. */
    private static final List<String> NAMES = List.of(
            "quickstart",
            "run",
            "train",
            "sample",
            "evaluate",
            "report",
            "table",
            "figure",
            "sweep",
            "data",
            "weights",
            "export",
            "forward",
            "likelihood",
            "flops",
            "notebook",
            "bench",
            "config",
            "completion",
            "doctor");

    /** Commands that are not in the list, as of a room that is not known here, come last, by name. */
    static final Comparator<SubCommand> OF_WORK =
            Comparator.<SubCommand>comparingInt(command -> place(name(command))).thenComparing(CommandOrder::name);

    private CommandOrder() {}

    private static int place(String name) {
        int place = NAMES.indexOf(name);
        return place < 0 ? NAMES.size() : place;
    }

    private static String name(SubCommand command) {
        Command annotation = command.getClass().getAnnotation(Command.class);
        return annotation == null ? "" : annotation.name();
    }
}
