package org.ppflow.app.command.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.schema.ConfigSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ppflow config schema}. */
@Command(
        name = "schema",
        description = {
            "Print the JSON schema of configs: every key with type, range, words, default and what it means.",
            "An editor with YAML's language server completes and checks by it: write it beside the config, and begin the config with the line",
            "    # yaml-language-server: $$schema=ppflow.schema.json",
            "It holds key by key; 'config check' says what keys must agree on as well."
        },
        footer = {
            "",
            "Example: ppflow config schema --output ppflow.schema.json",
            "         ppflow config schema --table --output table.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--table", description = "That of tables' files, as those in configs/tables, instead.")
    private boolean table;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to a file instead of standard output.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        if (output != null) {
            OutputPlace.requireFile("--output", output);
        }
        PrintWriter out = spec.commandLine().getOut();
        JsonNode schema = table ? ConfigSchema.ofTables() : ConfigSchema.ofConfigs();
        JsonOutput.write(output == null ? "-" : output.toString(), schema, out);
        if (output != null) {
            spec.commandLine().getErr().println(output + " written");
            spec.commandLine().getErr().flush();
        }
        return ExitCode.DONE;
    }
}
