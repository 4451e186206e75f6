package org.ppflow.app.command;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person what went wrong, in one line on standard error, and picks the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final BooleanSupplier debug;

    Failures(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean badInput = failure instanceof BadInputException;
        err.println("ppflow: " + (badInput ? failure.getMessage() : oneLine(failure)));
        if (debug.getAsBoolean()) {
            failure.printStackTrace(err);
        } else if (!badInput) {
            err.println("ppflow: --debug shows the stack trace");
        }
        LOG.debug("the command failed", failure);
        return badInput ? ExitCode.BAD_INPUT : ExitCode.FAILED;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ppflow: "
                + String.valueOf(failure.getMessage()).lines().findFirst().orElse("bad arguments")
                + suggestion(failure, command));
        err.println("ppflow: '" + command.getCommandSpec().qualifiedName() + " --help' lists what there is");
        if (debug.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        return ExitCode.BAD_INPUT;
    }

    private static String suggestion(ParameterException failure, CommandLine command) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String word = unmatched.getUnmatched().get(0).split("=", 2)[0];
        Stream<String> known = word.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet().stream()
                : command.getSubcommands().keySet().stream();
        List<String> words = known.toList();
        return Nearest.to(word, words)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }

    /** Java's file exceptions have only the path for a message. */
    private static String oneLine(Throwable thrown) {
        Throwable cause = thrown instanceof CommandLine.ExecutionException ? thrown.getCause() : null;
        Throwable failure = cause == null ? thrown : cause;
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (failure instanceof NoSuchFileException) {
            return message + ": no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return message + ": access denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return message + ": exists already";
        }
        String kind = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? kind : kind + ": " + message;
    }
}
