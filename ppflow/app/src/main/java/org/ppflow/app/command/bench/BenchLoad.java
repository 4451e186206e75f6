package org.ppflow.app.command.bench;

import java.io.PrintWriter;
import java.util.OptionalDouble;
import org.ppflow.app.load.BusyMachine;
import org.ppflow.app.load.LoadJson;
import org.ppflow.app.load.LoadWatch;
import org.ppflow.app.load.OtherLoad;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What other programs take of the processors while a bench measures; below its table and in its rows. */
final class BenchLoad {
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
        return LoadJson.put(row, total.share());
    }

    /** Says so where it was much. */
    void print(PrintWriter out) {
        print(total.share(), "this was measured", out);
    }

    /** Says so of a row. */
    static void print(JsonNode row, String work, PrintWriter out) {
        print(LoadJson.share(row), work, out);
    }

    private static void print(OptionalDouble share, String work, PrintWriter out) {
        BusyMachine.sentence(share, work, "speeds are").ifPresent(out::println);
    }
}
