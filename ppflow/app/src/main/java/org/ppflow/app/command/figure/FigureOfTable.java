package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.PaperTable;
import org.ppflow.app.figure.Figure;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A figure that shows what a table of the paper has; picocli takes its options from here. */
abstract class FigureOfTable implements Callable<Integer> {
    private final int number;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private FigureOutput output = new FigureOutput();

    /** @param number of the table, unless the command line gives another */
    FigureOfTable(int number) {
        this.number = number;
    }

    /**
     * Draws it.
     *
     * @param err where rows that cannot be shown are told
     */
    abstract Figure draw(PaperTable opened, PrintWriter err) throws IOException;

    @Override
    public final Integer call() throws IOException {
        output.name();
        PrintWriter err = spec.commandLine().getErr();
        output.write(draw(table.open(number), err), err);
        return ExitCode.DONE;
    }
}
