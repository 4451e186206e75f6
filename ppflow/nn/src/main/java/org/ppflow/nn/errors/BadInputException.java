package org.ppflow.nn.errors;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something a person gave us is wrong: a file, a config value, an option. Commands print the message without a stack
 * trace and end with exit code 2.
 *
 * <p>Every message answers four questions: where (file, line, path, index), what was found, what was expected, and what to
 * do. Build it with {@link #at(String)}:
 *
 * <pre>{@code
 * throw BadInputException.at("digits.idx3").found("magic number 0x00000801").expected("0x00000803 (images)")
 *         .advice("give the image file, not the label file").build();
 * }</pre>
 */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BadInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Starts a message.
     *
     * @param where the place a person can go to: a file, {@code file:line: path.in.config}, an option, an index
     */
    public static Builder at(String where) {
        return new Builder(where);
    }

    /** This, with what else is wrong in the same input: a line for each. */
    public BadInputException and(List<BadInputException> others) {
        if (others.isEmpty()) {
            return this;
        }
        String lines = others.stream().map(other -> "\n  " + other.getMessage()).collect(Collectors.joining());
        return new BadInputException(getMessage() + "\nwrong as well:" + lines, getCause());
    }

    /** Collects the parts of one message; {@link #found} is required. */
    public static final class Builder {
        private final String where;
        private @Nullable String found;
        private @Nullable String expected;
        private @Nullable String advice;
        private @Nullable Throwable cause;

        private Builder(String where) {
            this.where = where;
        }

        /** What is there, with the offending value in it. */
        public Builder found(String what) {
            this.found = what;
            return this;
        }

        /** What should be there. */
        public Builder expected(String what) {
            this.expected = what;
            return this;
        }

        /** What to do about it. */
        public Builder advice(String what) {
            this.advice = what;
            return this;
        }

        /** The exception underneath, shown only under {@code --debug}. */
        public Builder cause(Throwable underneath) {
            this.cause = underneath;
            return this;
        }

        /** The finished exception: {@code where: found; expected …; advice}. */
        public BadInputException build() {
            if (found == null) {
                throw new IllegalStateException("an error at " + where + " does not say what was found");
            }
            StringBuilder message = new StringBuilder(where).append(": ").append(found);
            if (expected != null) {
                message.append("; expected ").append(expected);
            }
            if (advice != null) {
                message.append("; ").append(advice);
            }
            return new BadInputException(message.toString(), cause);
        }
    }
}
