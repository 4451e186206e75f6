package org.ppflow.app.command.sample;

import java.util.Locale;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import picocli.CommandLine.Option;

/** How TensorFlow computes; a picocli mixin. */
public final class SessionFlags {
    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads that compute, 0 for one a core (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--precision",
            paramLabel = "fp32|bf16",
            defaultValue = "fp32",
            description = "Type of matrix products (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.FP32;

    @Option(names = "--xla", description = "Let XLA compile clusters of operations.")
    private boolean xla;

    /** As a session takes them. */
    public SessionOptions options() {
        if (threads < 0) {
            throw BadInputException.at("--threads " + threads)
                    .found("too small a number")
                    .expected("0 or more")
                    .build();
        }
        return new SessionOptions(threads, precision, xla);
    }

    /** What can change a bit of the result. */
    public String arithmetic() {
        return precision.name().toLowerCase(Locale.ROOT) + (xla ? "+xla" : "");
    }
}
