package org.ppflow.app.command.figure;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppflow figure 1}. */
@Command(
        name = "1",
        description =
                "Samples and speed: models of Table 2, each with how many times fewer operations a sample takes than one of the SiT of its size.",
        footer = {"", "Example: ppflow figure 1 --output figure-1"})
final class SamplesAndSpeedCommand implements Callable<Integer> {
    private static final int TABLE = 2;

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
        RecordedGrid figure = new RecordedGrid("Samples and speed", true);
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
