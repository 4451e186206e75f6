package org.ppflow.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class SectionedOptionsTest {
    private final CommandLine program =
            Ppflow.create(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));

    @Test
    void aLongCommand_hasItsOwnOptionsFirst_thenSections() {
        String help = program.getSubcommands().get("evaluate").getUsageMessage();

        assertThat(help)
                .containsSubsequence(
                        "  -h, --help",
                        "      --reference=A",
                        "\nThe feature network:\n",
                        "      --network=FILE",
                        "\nWhich numbers:\n",
                        "      --protocol=NAMES",
                        "\nThe machine:\n",
                        "      --threads=N");
    }

    @Test
    void everyOption_isListedOnce() {
        for (String name : List.of("evaluate", "sample", "run")) {
            CommandLine command = program.getSubcommands().get(name);
            List<String> lines = command.getUsageMessage().lines().toList();
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(lines)
                        .as("%s %s", name, option.longestName())
                        .filteredOn(line -> line.matches("  (-.,|   ) " + option.longestName() + "([=\\[ ].*)?"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aShortCommand_hasNoHeadings() {
        assertThat(program.getSubcommands().get("run").getUsageMessage()).doesNotContain("The experiment:");
    }
}
