package org.ppflow.tests.audit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.ppflow.app.command.Ppflow;
import org.ppflow.app.command.SubCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The program's commands as picocli knows them, and runs of them in this process. */
final class CommandTree {
    private CommandTree() {}

    /** What a command ended with. */
    record Outcome(int code, String out, String err) {}

    /** Every command, also those that only hold others; the root is the first. */
    static List<CommandSpec> all() {
        List<CommandSpec> all = new ArrayList<>();
        collect(program(new StringWriter(), new StringWriter()), all);
        return all;
    }

    private static void collect(CommandLine line, List<CommandSpec> all) {
        all.add(line.getCommandSpec());
        line.getSubcommands().values().stream()
                .distinct()
                .filter(sub -> !sub.getCommandSpec().usageMessage().hidden()) // other programs type them
                .forEach(sub -> collect(sub, all));
    }

    /** Name as it is typed, without {@code ppflow}: {@code data encode}; the root's is empty. */
    static String name(CommandSpec command) {
        return command.qualifiedName().replaceFirst("^bin/ppflow ?", "");
    }

    /** The command's own options, without those that every command inherits. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.inherited()).toList();
    }

    static CommandLine program(StringWriter out, StringWriter err) {
        return Ppflow.create(new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** Runs a command in this process. */
    static Outcome run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = program(out, err).execute(arguments.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** The same with the command that the line begins with alone, if it begins with one: the program is made anew for each run, and reading all commands takes its time. */
    static Outcome runAlone(List<String> arguments) {
        List<SubCommand> only = ServiceLoader.load(SubCommand.class).stream()
                .filter(provider -> !arguments.isEmpty()
                        && provider.type().getAnnotation(Command.class).name().equals(arguments.get(0)))
                .map(ServiceLoader.Provider::get)
                .toList();
        if (only.isEmpty()) {
            return run(arguments);
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Ppflow.create(only, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Words of a line, parted at blanks; what stands in quotes is one word. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean started = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                started = true;
            } else if (c == ' ') {
                if (started) {
                    words.add(word.toString());
                    word.setLength(0);
                    started = false;
                }
            } else {
                word.append(c);
                started = true;
            }
        }
        if (started) {
            words.add(word.toString());
        }
        return words;
    }
}
