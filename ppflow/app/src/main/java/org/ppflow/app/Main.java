package org.ppflow.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Ppflow;
import org.ppflow.app.console.ResultStream;

/** Starts the program. */
public final class Main {
    private Main() {}

    /** Ends the process with one of {@link ExitCode}. */
    public static void main(String[] arguments) {
        ResultStream results = new ResultStream(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(results, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = Ppflow.create(out, err).execute(arguments);
        if (out.checkError() && code == ExitCode.DONE) {
            code = results.readerIsGone() ? ExitCode.READER_GONE : ExitCode.FAILED;
        }
        if (code == ExitCode.FAILED && !results.reason().isEmpty()) {
            err.println(
                    "ppflow: standard output could not be written (" + results.reason() + "); its results are lost");
        }
        err.flush();
        System.exit(code);
    }
}
