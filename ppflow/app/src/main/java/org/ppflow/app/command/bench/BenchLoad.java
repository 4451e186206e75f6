package org.ppflow.app.command.bench;

import java.io.PrintWriter;
import java.util.OptionalDouble;
import org.ppflow.app.load.BusyMachine;
import org.ppflow.app.load.LoadWatch;
import org.ppflow.app.load.OtherLoad;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What other programs take of the processors while a bench measures; below its table and in its rows. */
final class BenchLoad {
    /** Share of the processors, 0 to 1; null where the system does not tell. */
    private static final String KEY = "used_by_others";

    private final LoadWatch watch;
    private OtherLoad total = OtherLoad.NONE;

    private BenchLoad(LoadWatch watch) {
        this.watch = watch;
    }

    /**
     * Watches from now on.
     *
     * @param threads that compute, 0 for one a core
     */
    static BenchLoad start(int threads) {
        return new BenchLoad(LoadWatch.start(threads));
    }

    /** What was taken until now counts; what comes after is no measurement. */
    BenchLoad stop() {
        total = total.plus(watch.lap());
        return this;
    }

    /** Puts the share into a row. */
    ObjectNode put(ObjectNode row) {
        OptionalDouble share = total.share();
        return row.put(KEY, share.isPresent() ? share.getAsDouble() : null);
    }

    /** Says so where it was much. */
    void print(PrintWriter out) {
        print(total.share(), "this was measured", out);
    }

    /** Says so of a row. */
    static void print(JsonNode row, String work, PrintWriter out) {
        JsonNode share = row.path(KEY);
        print(share.isNumber() ? OptionalDouble.of(share.asDouble()) : OptionalDouble.empty(), work, out);
    }

    private static void print(OptionalDouble share, String work, PrintWriter out) {
        BusyMachine.caution(share, work, "speeds are").ifPresent(caution -> out.println("Caution: " + caution + "."));
    }
}
