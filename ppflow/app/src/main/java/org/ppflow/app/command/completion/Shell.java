package org.ppflow.app.command.completion;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.ppflow.app.console.ShellLine;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Shells whose completion picocli writes. */
public enum Shell {
    /** Finds scripts by the command's name; needs the package bash-completion, as most systems have it. */
    BASH,
    /** Runs bash's script by its own bashcompinit. */
    ZSH;

    private static final String PROGRAM = "ppflow";

    /** All of a list's words in capitals. */
    private static final Pattern CONSTANTS =
            Pattern.compile("(?<=_option_args=\\()\"[A-Z][A-Z0-9_]*\"( \"[A-Z][A-Z0-9_]*\")*(?=\\))");

    private static final Pattern ONE_LETTER = Pattern.compile("\"[A-Z]\"");

    /** The one of a path as {@code $SHELL} has it; bash where it is neither. */
    static Shell of(String path) {
        return path.endsWith("/zsh") ? ZSH : BASH;
    }

    /**
     * The script.
     *
     * @param program all commands; of use for completion alone after this
     */
    String script(CommandLine program) {
        LabelledChoices.offer(program);
        String script = SetCompletion.added(asTyped(AutoComplete.bash(PROGRAM, program)), "_complete_" + PROGRAM);
        return this == BASH ? script : ZshCompletion.of(script, PROGRAM);
    }

    /** Words of options in small letters, as the help has them: picocli takes the names of constants. Those of one letter are sizes of networks. */
    private static String asTyped(String script) {
        return CONSTANTS.matcher(script).replaceAll(words -> {
            String text = words.group();
            return ONE_LETTER.matcher(text).find() ? text : text.toLowerCase(Locale.ROOT);
        });
    }

    /**
     * Where the shell looks for a user's own scripts.
     *
     * @param data {@code $XDG_DATA_HOME}
     */
    Path folder(Path data) {
        return switch (this) {
            case BASH -> data.resolve("bash-completion").resolve("completions");
            case ZSH -> data.resolve("zsh").resolve("site-functions");
        };
    }

    /** Name of the script there. */
    String fileName() {
        return this == BASH ? PROGRAM : "_" + PROGRAM;
    }

    /** What a person does once that the shell finds it. */
    List<String> steps(Path file) {
        return switch (this) {
            case BASH ->
                List.of(
                        "New shells complete ppflow and bin/ppflow, where the package bash-completion is there.",
                        "Without it, or in this shell: " + ShellLine.of("source", file.toString()));
            case ZSH ->
                List.of(
                        "In ~/.zshrc, before compinit: fpath=(" + ShellLine.of(String.valueOf(file.getParent()))
                                + " $fpath)",
                        "and, if it is not there already: autoload -Uz compinit && compinit");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
