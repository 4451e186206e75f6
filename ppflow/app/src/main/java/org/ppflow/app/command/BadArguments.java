package org.ppflow.app.command;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says of a command line that picocli refused what {@link BadInputException} says of everything else: where, found, expected, what to do. */
final class BadArguments {
    private BadArguments() {}

    /**
     * The message, in one line.
     *
     * @param arguments as typed: what picocli says first is not always what went wrong first
     */
    static String message(ParameterException failure, String... arguments) {
        CommandLine command = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return text(unmatched(unmatched.getUnmatched().get(0), command));
        }
        ArgSpec argument = failure.getArgSpec();
        String said = firstLine(failure);
        if (failure instanceof MissingParameterException missing) {
            Optional<String> slip = unknownOption(command.getCommandSpec(), arguments);
            if (slip.isPresent()) { // which may be the reason why a parameter is missing
                return text(unmatched(slip.get(), command));
            }
            // An option that is there, without its value, is told by the same exception.
            boolean valueless = !said.startsWith("Missing required option")
                    && !missing.getMissing().isEmpty()
                    && missing.getMissing().get(0).isOption();
            return missing(missing.getMissing(), valueless, command);
        }
        if (failure instanceof OverwrittenOptionException twice) {
            return text(BadInputException.at(name(twice.getOverwritten()))
                    .found("the option twice")
                    .expected("it once"));
        }
        if (argument != null && failure.getValue() != null) {
            return value(argument, failure.getValue());
        }
        if (argument != null && said.contains(" but ")) { // --flag=value, or more values than there may be
            return flag(argument, said);
        }
        return said;
    }

    /** The first word that looks like a long option and is none of the command's, nor of those above it. */
    private static Optional<String> unknownOption(CommandSpec command, String... arguments) {
        return Arrays.stream(arguments)
                .takeWhile(word -> !word.equals("--"))
                .filter(word -> word.startsWith("--"))
                .filter(word -> !isKnown(word.split("=", 2)[0], command))
                .findFirst();
    }

    private static boolean isKnown(String option, CommandSpec command) {
        for (CommandSpec at = command; at != null; at = at.parent()) {
            if (at.optionsMap().containsKey(option)) {
                return true;
            }
        }
        return false;
    }

    private static BadInputException.Builder unmatched(String typed, CommandLine line) {
        CommandSpec command = line.getCommandSpec();
        String word = typed.split("=", 2)[0];
        BadInputException.Builder problem = BadInputException.at(typed.isEmpty() ? "''" : typed);
        if (word.startsWith("-") && word.length() > 1) {
            List<String> options = command.options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            problem.found("no option of '" + command.qualifiedName() + "'").expected("one of " + some(word, options));
            Nearest.to(word, command.optionsMap().keySet()).ifPresent(near -> problem.advice(didYouMean(near)));
            return problem;
        }
        Collection<String> commands = CommandGroup.names(command);
        if (!commands.isEmpty()) {
            problem.found("no command of '" + command.qualifiedName() + "'")
                    .expected("one of " + String.join(", ", commands));
            Nearest.to(word, commands).ifPresent(near -> problem.advice(didYouMean(near)));
            if (command.userObject() instanceof CommandGroup group
                    && !group.adviceFor(word).isEmpty()) {
                problem.advice(group.adviceFor(word));
            }
            return problem;
        }
        String wanted =
                command.positionalParameters().stream().map(ArgSpec::paramLabel).collect(Collectors.joining(" "));
        return problem.found("a word too many for '" + command.qualifiedName() + "'")
                .expected(wanted.isEmpty() ? "options alone" : wanted + " and options")
                .advice("put a text with blanks in quotes");
    }

    /** Long lists hide what is looked for: those that begin alike are enough, where there are some. */
    private static String some(String word, List<String> options) {
        int few = 8;
        if (options.size() <= few) {
            return String.join(", ", options);
        }
        List<String> near = options.stream()
                .sorted(java.util.Comparator.comparingInt((String option) -> -sameLetters(word, option)))
                .limit(few)
                .sorted()
                .toList();
        return String.join(", ", near) + " …";
    }

    private static int sameLetters(String a, String b) {
        int same = 0;
        while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        return same;
    }

    private static String missing(List<ArgSpec> missing, boolean valueless, CommandLine line) {
        ArgSpec first = missing.get(0);
        String label = first.isOption() ? name(first) + " " + first.paramLabel() : first.paramLabel();
        BadInputException.Builder problem = valueless
                ? BadInputException.at(name(first)).found("no value").expected(first.paramLabel())
                : BadInputException.at("'" + line.getCommandSpec().qualifiedName() + "'")
                        .found("no "
                                + missing.stream()
                                        .map(one ->
                                                one.isOption() ? name(one) + " " + one.paramLabel() : one.paramLabel())
                                        .collect(Collectors.joining(", no ")))
                        .expected(label);
        return text(problem.advice(String.join(" ", first.description())));
    }

    private static String value(ArgSpec argument, String value) {
        Class<?> type = elementType(argument);
        BadInputException.Builder problem = BadInputException.at(name(argument));
        boolean large = isWhole(type) && value.matches("[-+]?\\d+");
        problem.found(value.isBlank() ? "nothing" : "'" + value + "'" + (large ? ", too large a number" : ""));
        if (type.isEnum()) {
            List<String> names = names(type);
            problem.expected("one of " + String.join(", ", names));
            Nearest.to(value, names).ifPresent(near -> problem.advice(didYouMean(near)));
            return text(problem);
        }
        return text(problem.expected(expected(type, argument)));
    }

    private static String flag(ArgSpec argument, String said) {
        String value = said.contains("'") ? said.replaceAll(".*'([^']*)'.*", "$1") : said;
        return text(BadInputException.at(name(argument))
                .found("the value '" + value + "'")
                .expected(name(argument) + " alone: it takes none"));
    }

    private static String expected(Class<?> type, ArgSpec argument) {
        boolean flag = argument.isOption() && argument.arity().max() == 0;
        if (flag) {
            return name(argument) + " alone: it takes no value";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (isWhole(type)) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number, such as 1 or 0.5";
        }
        return argument.paramLabel();
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class;
    }

    private static Class<?> elementType(ArgSpec argument) {
        return argument.isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
    }

    /** As people write them. */
    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Object::toString)
                .map(name -> name.length() > 2 ? name.toLowerCase(Locale.ROOT) : name)
                .toList();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String text(BadInputException.Builder problem) {
        return String.valueOf(problem.build().getMessage());
    }

    private static String didYouMean(String near) {
        return "did you mean '" + near + "'?";
    }

    private static String firstLine(@Nullable Throwable failure) {
        return Optional.ofNullable(failure)
                .map(Throwable::getMessage)
                .flatMap(message -> message.lines().findFirst())
                .orElse("bad arguments");
    }
}
