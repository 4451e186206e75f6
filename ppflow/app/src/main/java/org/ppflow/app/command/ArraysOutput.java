package org.ppflow.app.command;

import java.nio.file.Path;
import java.util.Locale;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** Whether a file of computed arrays may replace another; a picocli mixin beside a command's own {@code --output}. */
public final class ArraysOutput {
    private static final String SUFFIX = ".npz";

    @Option(names = "--overwrite", description = "Replace the file of --output, where it is there already.")
    private boolean overwrite;

    /**
     * Checks, before any work, that the arrays can be written there.
     *
     * @throws BadInputException if the name is none of an npz file, or a file is there and may not be replaced
     */
    public void require(Path file) {
        OutputPlace.requireFile("--output", file);
        String name = String.valueOf(file.getFileName());
        if (!name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
            throw BadInputException.at("--output " + file)
                    .found("a name that is not of an npz file, the only format of these arrays")
                    .expected("NAME" + SUFFIX)
                    .advice("name it with " + SUFFIX + " at its end")
                    .build();
        }
        OutputPlace.requireFreeFile("--output", file, overwrite);
    }
}
