package org.ppflow.app.command.figure;

import picocli.CommandLine.Command;

/** {@code ppflow figure 5}. */
@Command(
        name = "5",
        description = "Samples of models trained from scratch (Table 1), from the same noise.",
        footer = {"", "Example: ppflow figure 5 --output figure-5"})
final class ScratchSamplesCommand extends SamplesOfTable {
    ScratchSamplesCommand() {
        super(1, new RecordedGrid("Samples from the same noise, trained from scratch", false));
    }
}
