package org.ppflow.app.command.figure;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppflow figure 5}. */
@Command(
        name = "5",
        description = "Samples of models trained from scratch (Table 1), from the same noise.",
        footer = {"", "Example: ppflow figure 5 --output figure-5"})
final class ScratchSamplesCommand implements Callable<Integer> {
    private static final int TABLE = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private GridOptions grid = new GridOptions();

    @Mixin
    private FigureOutput output = new FigureOutput();

    @Override
    public Integer call() throws IOException {
        output.name();
        RecordedGrid figure = new RecordedGrid("Samples from the same noise, trained from scratch", false);
        output.write(
                figure.of(
                        table.open(TABLE),
                        grid.kind(),
                        grid.columns(),
                        spec.commandLine().getErr()),
                spec.commandLine().getErr());
        return ExitCode.DONE;
    }
}
