package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.app.command.ExitCode;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the help of every command holds, also of those that only hold others. */
class CommandHelpTest {
    private static final String PROGRAM = "ppflow ";

    static Stream<String> commands() {
        return CommandTree.all().stream().map(CommandTree::name);
    }

    @Test
    void help_listsCommandsInTheOrderOfWork_whicheverRoomTheyComeFrom() {
        List<String> listed = List.copyOf(CommandTree.program(new StringWriter(), new StringWriter())
                .getSubcommands()
                .keySet());

        assertThat(listed).startsWith("quickstart", "run", "train", "sample", "evaluate", "report");
        assertThat(listed).containsSubsequence("weights", "notebook", "bench", "config", "completion", "doctor");
        assertThat(listed).last().isEqualTo("doctor"); // a command that has no place in the order would follow it
    }

    @ParameterizedTest(name = "ppflow {0}")
    @MethodSource("commands")
    void help_describesTheCommandAndEveryArgument(String name) {
        CommandSpec command = command(name);

        assertThat(command.usageMessage().description()).as("description").isNotEmpty();
        List<ArgSpec> arguments = new ArrayList<>(command.options());
        arguments.addAll(command.positionalParameters());
        for (ArgSpec argument : arguments) {
            assertThat(String.join(" ", argument.description()))
                    .as(argument.paramLabel())
                    .isNotBlank();
        }
        assertThat(CommandTree.run(words(name + " --help")).code()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest(name = "ppflow {0}")
    @MethodSource("commands")
    void help_showsEveryDefault(String name) {
        String help = CommandTree.run(words(name + " --help")).out().replaceAll("\\s+", "");

        for (OptionSpec option : CommandTree.options(command(name))) {
            if (option.defaultValue() != null) {
                String text = String.join(" ", option.description());
                assertThat(text.contains("${DEFAULT-VALUE}") || text.contains(option.defaultValue()))
                        .as("the default of %s, %s, in: %s", option.longestName(), option.defaultValue(), text)
                        .isTrue();
                assertThat(help).contains(option.defaultValue().replaceAll("\\s+", "")); // lines break within words
            }
        }
    }

    @ParameterizedTest(name = "ppflow {0}")
    @MethodSource("commands")
    void help_hasExamplesThatParse(String name) {
        List<String> examples = examples(command(name));

        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(example).startsWith(name.isEmpty() ? PROGRAM : PROGRAM + name);
            List<String> typed = words(example.substring(PROGRAM.length()));
            assertThatCode(() -> CommandTree.program(new StringWriter(), new StringWriter())
                            .parseArgs(typed.toArray(String[]::new)))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest(name = "ppflow {0}")
    @MethodSource("commands")
    void help_hasExamplesToBeCopied_asTheProgramWasStarted(String name) {
        String help = CommandTree.run(words(name + " --help")).out();

        assertThat(help).contains("Usage: bin/ppflow");
        for (String example : examples(command(name))) {
            assertThat(help.lines()
                            .map(String::strip)
                            .map(line -> line.replaceFirst("^Examples?: ", "").replaceFirst("\\s+# .*|\\\\$", "")))
                    .anyMatch(line -> line.startsWith("bin/ppflow") && ("bin/" + example).startsWith(line));
        }
    }

    private static CommandSpec command(String name) {
        return CommandTree.all().stream()
                .filter(command -> CommandTree.name(command).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Lines of the footer that begin with the program's name; a backslash at the end joins the next. */
    private static List<String> examples(CommandSpec command) {
        List<String> examples = new ArrayList<>();
        String begun = "";
        for (String line : command.usageMessage().footer()) {
            String text = begun + line.strip().replaceFirst("^Examples?: ", "");
            begun = "";
            if (text.startsWith(PROGRAM) && text.endsWith("\\")) {
                begun = text.substring(0, text.length() - 1);
            } else if (text.startsWith(PROGRAM)) {
                examples.add(text.replaceFirst("\\s+# .*", ""));
            }
        }
        return examples;
    }

    private static List<String> words(String line) {
        return CommandTree.words(line);
    }
}
