package org.ppflow.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Ppflow;

/** Starts the program. */
public final class Main {
    private Main() {}

    /** Ends the process with 0, 1 (failed) or 2 (bad input). */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = Ppflow.create(out, err).execute(arguments);
        boolean lost = out.checkError();
        if (lost && code == ExitCode.DONE) {
            err.println("ppflow: standard output could not be written; its results are lost");
        }
        err.flush();
        System.exit(lost && code == ExitCode.DONE ? ExitCode.FAILED : code);
    }
}
