package org.ppflow.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.experiment.ExperimentRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ppflow quickstart}: runs {@code configs/quickstart.yaml}, which ships in the jar. */
@Command(
        name = "quickstart",
        description = "Train SiT and PPFlow on real digits, sample, score and compare them, in minutes."
                + " The same as: run configs/quickstart.yaml",
        footer = {"", "Example: ppflow quickstart --threads 2"})
public final class QuickstartCommand implements SubCommand {
    /** Name in messages: where a person can read and change it. */
    private static final String FILE = "configs/quickstart.yaml";

    private final Supplier<ExperimentRunner> runner;

    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    /** With the runner of experiments that the class path has. */
    public QuickstartCommand() {
        this(ExperimentOptions::installedRunner);
    }

    QuickstartCommand(Supplier<ExperimentRunner> runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        return options.run(overrides -> ConfigReader.parse(FILE, yaml(), overrides), runner);
    }

    private static String yaml() throws IOException {
        try (InputStream in = QuickstartCommand.class.getResourceAsStream("quickstart.yaml")) {
            if (in == null) {
                throw new IllegalStateException("quickstart.yaml is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
