package org.ppflow.app.command;

import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that holds others and does nothing itself. */
public abstract class CommandGroup implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /**
     * What to say to a person who typed a command that there is not; empty for the nearest that there is.
     *
     * @param word as typed
     */
    protected String adviceFor(String word) {
        return "";
    }

    /**
     * Without one of its commands there is nothing to do.
     *
     * @throws BadInputException saying which there are
     */
    @Override
    public Integer call() {
        throw BadInputException.at("'" + spec.qualifiedName() + "'")
                .found("no command")
                .expected("one of " + String.join(", ", spec.subcommands().keySet()))
                .advice("'" + spec.qualifiedName() + " --help' says what each does")
                .build();
    }
}
