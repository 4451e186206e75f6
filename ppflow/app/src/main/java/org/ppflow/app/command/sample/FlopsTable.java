package org.ppflow.app.command.sample;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ppflow.app.command.ScheduledNetwork;

/** The counted costs for a screen: a network and a schedule a line. */
final class FlopsTable {
    private static final int LEAST_SIZE = 5;
    private static final int LEAST_SCHEDULE = 16;

    private final List<String> lines = new ArrayList<>();
    private final int size;
    private final int schedule;

    /** An empty table, as wide as the names of these networks and schedules. */
    FlopsTable(List<ScheduledNetwork> networks) {
        size = networks.stream().mapToInt(network -> network.name().length()).reduce(LEAST_SIZE, Math::max);
        schedule = networks.stream()
                .mapToInt(network -> network.chosen().label().length())
                .reduce(LEAST_SCHEDULE, Math::max);
    }

    /**
     * Adds a line.
     *
     * @param passes GFLOPs of a pass at each level
     * @param ledger the other columns
     */
    void add(ScheduledNetwork network, String passes, String ledger) {
        lines.add(line(network.name(), network.chosen().label(), passes, ledger));
    }

    /** Prints all lines below their heading. */
    void print(PrintWriter out) {
        out.println(line(
                "model",
                "schedule",
                "GFLOPs a pass by level",
                String.format(
                        Locale.ROOT,
                        "%12s %14s %14s %10s %10s %10s",
                        "NFE",
                        "GFLOPs blocks",
                        "GFLOPs all",
                        "% blocks",
                        "% all",
                        "% training")));
        lines.forEach(out::println);
    }

    private String line(String model, String levels, String passes, String ledger) {
        return String.format(
                Locale.ROOT, "%-" + size + "s %-" + schedule + "s %-26s %s", model, levels, passes, ledger);
    }
}
