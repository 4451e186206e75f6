package org.ppflow.app.command.completion;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Words of options and arguments that name them in their label: {@code --path linear|gvp|vp}. What stands there in capitals is a placeholder. */
final class LabelledChoices {
    private static final String WORD = "[a-z0-9][a-z0-9-]*";

    private LabelledChoices() {}

    /** Words that a label has; none where it names no choice. */
    static List<String> of(String label) {
        return label.contains("|")
                ? Splitter.on('|')
                        .splitToStream(label)
                        .filter(word -> word.matches(WORD))
                        .toList()
                : List.of();
    }

    /** Lets every option and argument of a program's commands offer the words of its label, where it has no candidates yet. The program is of use for completion alone after this. */
    static void offer(CommandLine program) {
        CommandSpec command = program.getCommandSpec();
        for (OptionSpec option : new ArrayList<>(command.options())) {
            List<String> words = of(option.paramLabel());
            if (!words.isEmpty() && option.completionCandidates() == null) {
                command.remove(option);
                // The script names a variable after the label, so that is made a name, and one for each option.
                command.addOption(OptionSpec.builder(option)
                        .paramLabel(option.longestName().replaceFirst("^-+", "").replace('-', '_'))
                        .completionCandidates(words)
                        .build());
            }
        }
        for (PositionalParamSpec argument : new ArrayList<>(command.positionalParameters())) {
            List<String> words = of(argument.paramLabel());
            if (!words.isEmpty() && argument.completionCandidates() == null) {
                command.remove(argument);
                command.addPositional(PositionalParamSpec.builder(argument)
                        .paramLabel("argument" + argument.index().min())
                        .completionCandidates(words)
                        .build());
            }
        }
        program.getSubcommands().values().stream().distinct().forEach(LabelledChoices::offer);
    }
}
