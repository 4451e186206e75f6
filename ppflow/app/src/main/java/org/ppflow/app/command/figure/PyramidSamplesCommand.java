package org.ppflow.app.command.figure;

import picocli.CommandLine.Command;

/** {@code ppflow figure 8}. */
@Command(
        name = "8",
        description = "Samples of the pyramid representation and of patches (Table 3), from the same noise.",
        footer = {"", "Example: ppflow figure 8 --output figure-8"})
final class PyramidSamplesCommand extends SamplesOfTable {
    PyramidSamplesCommand() {
        super(3, new RecordedGrid("Samples of pyramids and patches", false));
    }
}
