package org.ppflow.tests.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command line that is wrong in one place.
 *
 * @param command as typed, without {@code ppflow}
 * @param argument that is wrong
 * @param wrong how
 * @param words all of them after {@code ppflow}; an @ stands for the audit's folder
 */
record AuditCase(String command, String argument, String wrong, List<String> words) {
    /** All of a command, from its specification; what the audit does not know is told. */
    static List<AuditCase> of(CommandSpec command, List<String> unknown) {
        String name = CommandTree.name(command);
        List<AuditCase> cases = new ArrayList<>();
        if (!command.subcommands().isEmpty()) {
            cases.add(new AuditCase(name, "a command", "an unknown one", typed(name, List.of("xyzzy"))));
            String near = command.subcommands().keySet().iterator().next() + "q";
            cases.add(new AuditCase(name, "a command", "a slip", typed(name, List.of(near))));
        }
        Optional<List<String>> line = AuditedCommands.line(name, "", false);
        if (line.isEmpty()) {
            if (command.subcommands().isEmpty()) {
                unknown.add(name);
            } else {
                cases.add(new AuditCase(name, "a command", "none", typed(name, List.of())));
            }
            return cases;
        }
        cases.add(new AuditCase(name, "an option", "an unknown one", typed(name, line.get(), "--xyzzy")));
        cases.add(new AuditCase(name, "an option", "a slip", typed(name, line.get(), "--hepl")));
        if (command.subcommands().isEmpty()) {
            cases.add(new AuditCase(name, "a word", "one too many", typed(name, line.get(), "xyzzy", "xyzzy")));
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            addAll(cases, name, parameter, unknown);
        }
        boolean twice = false;
        boolean valueless = false;
        for (OptionSpec option : CommandTree.options(command)) {
            if (option.usageHelp() || option.versionHelp()) {
                continue;
            }
            addAll(cases, name, option, unknown);
            if (!valueless && option.arity().min() > 0) { // picocli tells it alike for all of them
                cases.add(new AuditCase(
                        name, option.longestName(), "without a value", typed(name, line.get(), option.longestName())));
                valueless = true;
            }
            if (!twice
                    && option.arity().max() > 0
                    && !option.isMultiValue()
                    && !line.get().contains(option.longestName())) {
                String value = option.typeInfo().getType() == String.class ? "x" : "1";
                cases.add(new AuditCase(
                        name,
                        option.longestName(),
                        "given twice",
                        typed(name, line.get(), option.longestName(), value, option.longestName(), value)));
                twice = true;
            }
        }
        return cases;
    }

    private static void addAll(
            List<AuditCase> cases, String name, PositionalParamSpec parameter, List<String> unknown) {
        String label = parameter.paramLabel();
        Optional<Kind> kind = AuditedCommands.kind(name, label);
        if (kind.isEmpty()) {
            unknown.add(name + " " + label);
            return;
        }
        List<String> line = AuditedCommands.line(name, label, true).orElseThrow();
        int index = parameter.index().min();
        if (parameter.required()) {
            List<String> without = new ArrayList<>(line);
            without.subList(index, last(line)).clear();
            cases.add(new AuditCase(name, label, "missing", typed(name, without)));
        }
        for (Kind.Wrong wrong : kind.get().wrongs()) {
            List<String> words = new ArrayList<>(line);
            if (index < last(line)) {
                words.set(index, wrong.value());
            } else {
                words.add(index, wrong.value());
            }
            cases.add(new AuditCase(name, label, wrong.what(), typed(name, words)));
        }
    }

    private static void addAll(List<AuditCase> cases, String name, OptionSpec option, List<String> unknown) {
        String argument = option.longestName();
        boolean flag = option.arity().max() == 0;
        Optional<Kind> kind = flag ? Optional.of(Kind.FLAG) : AuditedCommands.kind(name, argument);
        if (kind.isEmpty()) {
            unknown.add(name + " " + argument);
            return;
        }
        List<String> line =
                new ArrayList<>(AuditedCommands.line(name, argument, true).orElseThrow());
        int at = line.indexOf(argument);
        if (at >= 0) {
            line.subList(at, at + (flag ? 1 : 2)).clear();
        }
        if (flag) {
            cases.add(new AuditCase(name, argument, "with a value", typed(name, line, argument + "=maybe")));
            return;
        }
        if (option.required()) {
            cases.add(new AuditCase(name, argument, "missing", typed(name, line)));
        }
        for (Kind.Wrong wrong : kind.get().wrongs()) {
            cases.add(new AuditCase(name, argument, wrong.what(), typed(name, line, argument + "=" + wrong.value())));
        }
    }

    /** Positional words come first. */
    private static int last(List<String> line) {
        for (int i = 0; i < line.size(); i++) {
            if (line.get(i).startsWith("--")) {
                return i;
            }
        }
        return line.size();
    }

    private static List<String> typed(String name, List<String> line, String... more) {
        List<String> words = new ArrayList<>(CommandTree.words(name));
        words.addAll(line);
        words.addAll(List.of(more));
        return words;
    }
}
