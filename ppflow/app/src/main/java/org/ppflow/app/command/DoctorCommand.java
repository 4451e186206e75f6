package org.ppflow.app.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.console.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@code ppflow doctor}: what this machine has, and whether TensorFlow works on it. */
@Command(
        name = "doctor",
        description = {
            "Show what this machine has: cores, memory, instruction sets, Java, TensorFlow, GPU, disk; and what notebooks and the"
                    + " checks with Python need, with what to type for what is missing.",
            "Ends with 1 if TensorFlow does not load."
        },
        footer = {"", "Example: ppflow doctor", "         ppflow doctor --json -"})
public final class DoctorCommand implements SubCommand {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "Write the figures as JSON to a file, or to standard output in place of the list.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        Diagnosis diagnosis = Diagnosis.ofThisMachine(Path.of(""));
        if (!"-".equals(json)) {
            spec.commandLine().getOut().print(diagnosis.text());
            spec.commandLine().getOut().flush();
        }
        JsonOutput.write(json, JSON.valueToTree(diagnosis), spec.commandLine().getOut());
        return diagnosis.tensorflow().loads() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
