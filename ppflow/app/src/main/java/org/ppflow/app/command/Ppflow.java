package org.ppflow.app.command;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.ppflow.app.console.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command. */
@Command(
        name = "ppflow",
        description = "Pyramidal Patchification Flow: train, sample and score, and see what the pyramid buys.",
        mixinStandardHelpOptions = false,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: ppflow quickstart",
            "",
            "Exit codes: 0 done, 1 failed, 2 bad input. 'ppflow COMMAND --help' says more."
        })
public final class Ppflow implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and end.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "--version", versionHelp = true, description = "Show version, commit and libraries and end.")
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace when something fails.")
    private boolean debug;

    /** The program with every command found on the class path. */
    public static CommandLine create(PrintWriter out, PrintWriter err) {
        List<SubCommand> commands = ServiceLoader.load(SubCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(CommandOrder.OF_WORK)
                .toList();
        return create(commands, out, err);
    }

    /** The program with some commands alone. */
    public static CommandLine create(List<? extends SubCommand> commands, PrintWriter out, PrintWriter err) {
        Ppflow root = new Ppflow();
        CommandLine line = new CommandLine(root);
        for (SubCommand command : commands) {
            line.addSubcommand(command);
        }
        line.setCommandName(Program.name());
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, Ppflow::footer);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, SectionedOptions::text);
        line.setHelpSectionMap(line.getHelpSectionMap());
        shortenSynopsis(line);
        Failures failures = new Failures(() -> root.debug);
        return line.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, Ppflow::path)
                .setExecutionStrategy(parsed -> {
                    try {
                        return new CommandLine.RunLast().execute(parsed);
                    } catch (LinkageError | ServiceConfigurationError | VirtualMachineError e) {
                        throw new CommandLine.ExecutionException(line, "the program is broken or out of memory", e);
                    }
                })
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /** Twenty lines of options before the first word of what a command does hide it; they are listed below anyway. */
    private static void shortenSynopsis(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage().abbreviateSynopsis(SectionedOptions.isLong(spec));
        line.getSubcommands().values().forEach(Ppflow::shortenSynopsis);
    }

    /** Examples begin as the program was started, and no line of them is broken, so that they can be copied. */
    private static String footer(CommandLine.Help help) {
        return Arrays.stream(help.commandSpec().usageMessage().footer())
                .map(line -> Program.inText(line.replace("$$", "$")) + System.lineSeparator())
                .collect(Collectors.joining());
    }

    /** An empty path would be the working folder, which nobody means by a variable that is not set. */
    private static Path path(String typed) {
        if (typed.isBlank()) {
            throw new CommandLine.TypeConversionException("an empty path");
        }
        try {
            return Path.of(typed);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException("no path: " + e.getReason());
        }
    }

    /** Without a command there is nothing to do but say what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
