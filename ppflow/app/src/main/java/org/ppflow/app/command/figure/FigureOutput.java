package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.figure.Figure;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** Where a figure goes. */
final class FigureOutput {
    @Option(
            names = "--output",
            paramLabel = "NAME",
            required = true,
            description = "Writes NAME.svg and NAME.png; folders that are not there are made.")
    private String output = "";

    /**
     * Name of the two files without their endings.
     *
     * @throws BadInputException if it is none
     */
    Path name() {
        String plain = output.toLowerCase(Locale.ROOT);
        String name =
                plain.endsWith(".svg") || plain.endsWith(".png") ? output.substring(0, output.length() - 4) : output;
        if (name.isBlank() || name.endsWith("/") || Path.of(name).getFileName() == null) {
            throw BadInputException.at("--output '" + output + "'")
                    .found("no name of a file")
                    .expected("a name without ending, as figures/figure-9")
                    .build();
        }
        for (String ending : new String[] {".svg", ".png"}) {
            OutputPlace.requireFile("--output", Path.of(name + ending));
        }
        return Path.of(name);
    }

    /** Writes it and says where. */
    void write(Figure figure, PrintWriter err) throws IOException {
        for (Path file : figure.write(name())) {
            err.println(file + " written");
        }
    }
}
