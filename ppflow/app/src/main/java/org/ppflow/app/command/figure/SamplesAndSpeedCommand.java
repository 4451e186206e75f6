package org.ppflow.app.command.figure;

import picocli.CommandLine.Command;

/** {@code ppflow figure 1}. */
@Command(
        name = "1",
        description =
                "Samples and speed: models of Table 2, each with how many times fewer operations a sample takes than one of the SiT of its size.",
        footer = {"", "Example: ppflow figure 1 --output figure-1"})
final class SamplesAndSpeedCommand extends SamplesOfTable {
    SamplesAndSpeedCommand() {
        super(2, new RecordedGrid("Samples and speed", true));
    }
}
