package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import org.ppflow.nn.errors.BadInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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
        boolean badPath = failure instanceof FileSystemException system && cannotBeOpened(system);
        boolean badInput = failure instanceof BadInputException || badPath;
        err.println("ppflow: " + (failure instanceof BadInputException ? failure.getMessage() : oneLine(failure)));
        if (badInput && !FoundExtensions.named().isEmpty()) {
            FoundExtensions.now()
                    .remarkOn(String.valueOf(failure.getMessage()))
                    .ifPresent(remark -> err.println("ppflow: " + remark));
        }
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
        err.println("ppflow: " + BadArguments.message(failure, arguments));
        err.println("ppflow: '" + command.getCommandSpec().qualifiedName() + " --help' lists what there is");
        if (debug.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        return ExitCode.BAD_INPUT;
    }

    /** What a person can mend without knowing the program: rights, links into themselves, a file in the place of a folder. */
    private static boolean cannotBeOpened(FileSystemException failure) {
        String reason = String.valueOf(failure.getReason());
        return failure instanceof AccessDeniedException
                || reason.startsWith("Too many levels of symbolic links")
                || reason.startsWith("Not a directory")
                || reason.startsWith("Is a directory")
                || reason.startsWith("File name too long")
                || reason.startsWith("Read-only file system");
    }

    /** Java's file exceptions have only the path for a message. */
    private static String oneLine(Throwable thrown) {
        Throwable cause = thrown instanceof CommandLine.ExecutionException ? thrown.getCause() : null;
        Throwable failure = cause == null ? thrown : cause;
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (failure instanceof NoClassDefFoundError && message.startsWith("org/ppflow/")) {
            return failure.getClass().getSimpleName() + ": " + message
                    + "; a file of the toolkit was changed or taken away while this ran; start the same command again";
        }
        if (failure instanceof NoSuchFileException) {
            return message + ": no such file or folder";
        }
        if (failure instanceof FileSystemException system && cannotBeOpened(system)) {
            String why = failure instanceof AccessDeniedException ? "access denied" : system.getReason();
            return system.getFile() + ": cannot be opened (" + why
                    + "); expected a file or folder that may be read and written; check the path and its rights";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return message + ": exists already";
        }
        if (failure instanceof FileSystemException system) {
            return system.getFile() + ": "
                    + (system.getReason() == null ? "cannot be read or written" : system.getReason());
        }
        if (failure instanceof IOException && failure.getMessage() != null) {
            return message;
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory (" + message + "); give Java more: PPFLOW_JAVA_OPTS=-Xmx4g, or ask for less at once";
        }
        String kind = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? kind : kind + ": " + message;
    }
}
