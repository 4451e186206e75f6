package org.ppflow.app.command.figure;

import picocli.CommandLine.Command;

/** {@code ppflow figure 7}. */
@Command(
        name = "7",
        description = "Samples of models grown out of a SiT (Table 2), from the same noise.",
        footer = {"", "Example: ppflow figure 7 --output figure-7"})
final class GrownSamplesCommand extends SamplesOfTable {
    GrownSamplesCommand() {
        super(2, new RecordedGrid("Samples from the same noise, grown out of a SiT", false));
    }
}
