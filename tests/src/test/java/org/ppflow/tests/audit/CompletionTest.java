package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.command.ExitCode;
import org.ppflow.tests.audit.CommandTree.Outcome;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script, in a real bash. */
class CompletionTest {
    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void install() {
        Outcome outcome =
                CommandTree.run(List.of("completion", "install", "--shell", "bash", "--folder", folder.toString()));
        script = folder.resolve("ppflow");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).contains(script + " written").contains("To undo it: rm " + script);
    }

    @Test
    void install_writesOneFileAndTheSameAgain() throws IOException, InterruptedException {
        byte[] first = Files.readAllBytes(script);
        install();

        assertThat(Files.readAllBytes(script)).isEqualTo(first);
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).containsExactly(script);
        }
        assertThat(CommandTree.run(List.of("completion", "print", "bash")).out())
                .isEqualTo(Files.readString(script));
    }

    @Test
    void bash_knowsTheProgram() throws IOException, InterruptedException {
        assertThat(bash("complete -p ppflow")).containsExactly("complete -o default -F _complete_ppflow ppflow");
    }

    @Test
    void bash_completesCommandsAndVerbs() throws IOException, InterruptedException {
        assertThat(complete("ppflow", "da")).containsExactly("data");
        assertThat(complete("bin/ppflow", "da")).containsExactly("data");
        assertThat(complete("ppflow", "data", "en")).containsExactly("encode");
        assertThat(complete("ppflow", "weights", "wa")).containsExactly("warm-start");
        assertThat(complete("ppflow", "figure", "1")).containsExactlyInAnyOrder("1", "10");
    }

    @Test
    void bash_completesOptionsAndTheirWords() throws IOException, InterruptedException {
        assertThat(complete("ppflow", "sample", "--poi")).containsExactly("--points");
        assertThat(complete("ppflow", "sample", "--precision", "b")).containsExactly("bf16");
        assertThat(complete("ppflow", "sample", "--solver", "dopri5-")).containsExactly("dopri5-torchdiffeq");
        assertThat(complete("ppflow", "table", "--format", "l")).containsExactly("latex");
        // As bash parts --solver=dopri5- and --sde=
        assertThat(complete("ppflow", "sample", "--solver", "=", "dopri5-")).containsExactly("dopri5-torchdiffeq");
        assertThat(complete("ppflow", "sample", "--sde", "=")).containsExactly("euler", "heun");
        assertThat(complete("ppflow", "sample", "--sde=euler", "--poi")).containsExactly("--points");
        assertThat(complete("ppflow", "table", "''")).contains("1", "2", "3", "4");
    }

    /** What a label offers is what the program takes: the error audit has a wrong word for each of them. */
    @Test
    void bash_completesTheWordsOfEveryOptionWhoseLabelNamesThem() throws IOException, InterruptedException {
        int options = 0;
        for (CommandSpec command : CommandTree.all()) {
            for (OptionSpec option : CommandTree.options(command)) {
                List<String> named = option.paramLabel().contains("|")
                        ? Stream.of(option.paramLabel().split("\\|"))
                                .filter(word -> word.matches("[a-z0-9-]*[a-z0-9]"))
                                .toList()
                        : List.of();
                if (!named.isEmpty()) {
                    List<String> words = new ArrayList<>(List.of("ppflow"));
                    words.addAll(CommandTree.words(CommandTree.name(command)));
                    words.addAll(List.of(option.longestName(), "''"));
                    assertThat(complete(words.toArray(String[]::new)))
                            .as("%s", words)
                            .containsExactlyInAnyOrderElementsOf(named);
                    options++;
                }
            }
        }
        assertThat(options).isGreaterThan(20);
    }

    @Test
    void bash_completesKeysOfSet_andTheirWords() throws IOException, InterruptedException {
        assertThat(complete("ppflow", "run", "mine.yaml", "--set", "training.pa"))
                .containsExactly("training.packing=");
        assertThat(complete("ppflow", "run", "mine.yaml", "--set", "data.")).contains("data.source=", "data.latent=");
        assertThat(complete("ppflow", "run", "mine.yaml", "--set", "''")).contains("name=", "seed=", "init.sit=");
        assertThat(complete("ppflow", "train", "mine.yaml", "--set", "training.packing", "=", "b"))
                .containsExactly("bucketed");
        assertThat(complete("ppflow", "train", "mine.yaml", "--set", "training.recompute", "="))
                .containsExactly("true", "false");
        assertThat(complete("ppflow", "train", "mine.yaml", "--set", "=", "training.packing", "=", "m"))
                .containsExactly("masked");
        assertThat(complete("ppflow", "train", "mine.yaml", "--set", "seed", "=", "''"))
                .isEmpty();
        assertThat(complete("ppflow", "run", "mine.yaml", "--set", "seed", "=", "1", "--dry"))
                .containsExactly("--dry-run");
        // Zsh does not part words at '='.
        assertThat(complete("ppflow", "train", "mine.yaml", "--set", "training.packing=b"))
                .containsExactly("training.packing=bucketed");
    }

    @Test
    void zsh_getsAFileThatItsCompletionCalls() throws IOException {
        Outcome outcome =
                CommandTree.run(List.of("completion", "install", "--shell", "zsh", "--folder", folder.toString()));

        assertThat(outcome.out()).contains("fpath=").contains("compinit");
        String script = Files.readString(folder.resolve("_ppflow"));
        assertThat(script)
                .startsWith("#compdef ppflow\n")
                .contains("_bash_complete -o nospace", "compdef _ppflow ppflow")
                .doesNotContain("alias compopt", "\ncomplete -F");
        // Zsh takes a letter there for a modifier.
        assertThat(script).doesNotContainPattern("\\[@]:[A-Za-z]");
    }

    /** What bash offers for the last of some words. */
    private List<String> complete(String... words) throws IOException, InterruptedException {
        return bash("COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='"
                + String.join(" ", words)
                + "'; COMP_POINT=${#COMP_LINE}; _complete_ppflow; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    private List<String> bash(String commands) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "bash", "--norc", "--noprofile", "-c", "source \"$0\"; " + commands, script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt works at a prompt alone
                .start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return out.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
