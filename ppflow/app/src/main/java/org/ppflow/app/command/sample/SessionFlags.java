package org.ppflow.app.command.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ppflow.app.command.OptionSection;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import picocli.CommandLine.Option;

/** How TensorFlow computes; a picocli mixin. */
@OptionSection("The machine")
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

    /** The same on a command line. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--threads",
                Integer.toString(threads),
                "--precision",
                precision.name().toLowerCase(Locale.ROOT)));
        if (xla) {
            arguments.add("--xla");
        }
        return arguments;
    }

    /** What can change a bit of the result. */
    public String arithmetic() {
        return precision.name().toLowerCase(Locale.ROOT) + (xla ? "+xla" : "");
    }
}
