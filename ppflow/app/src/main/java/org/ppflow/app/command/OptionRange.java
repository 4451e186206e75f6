package org.ppflow.app.command;

import org.ppflow.nn.errors.BadInputException;

/** Refuses numbers of options that are too small or too large. */
public final class OptionRange {
    private OptionRange() {}

    /**
     * Checks a number with a least one alone.
     *
     * @throws BadInputException naming option and value
     */
    public static void requireAtLeast(String option, long value, long least) {
        require(option, value, least, Long.MAX_VALUE);
    }

    /**
     * Checks a number.
     *
     * @throws BadInputException naming option and value
     */
    public static void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw BadInputException.at(option + " " + value)
                    .found(value < least ? "too small a number" : "too large a number")
                    .expected(most == Long.MAX_VALUE ? least + " or more" : least + " to " + most)
                    .build();
        }
    }
}
