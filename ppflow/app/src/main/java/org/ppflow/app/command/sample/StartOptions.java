package org.ppflow.app.command.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.SampleClasses;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** The options of where samples start, how many there are, and their classes; a picocli mixin. */
@OptionSection("Noise and classes")
final class StartOptions {
    @Option(
            names = "--noise",
            paramLabel = "IN.npz",
            description =
                    "Start from its x0 [N,C,H,W], with its classes y [N]; with --reverse from data, its x1 or latents (else x0).")
    private @Nullable Path noise;

    @Option(names = "--count", paramLabel = "N", description = "How many samples (default: all given noise, else 16).")
    private @Nullable Long count;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of noise, classes and SDE (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--classes",
            paramLabel = "WHICH",
            description =
                    "balanced (equal counts, shuffled; default), uniform, null, a list and ranges as 1,5,10-19, or a file with a"
                            + " class a line or y of an npz.")
    private @Nullable String classes;

    @Option(
            names = "--reverse",
            description =
                    "From data (t = 1) to noise (t = 0), with an ODE solver; the noise is x0, which --noise takes.")
    private boolean reverse;

    /** File of given states. */
    Optional<Path> noise() {
        return Optional.ofNullable(noise);
    }

    /** Of noise, classes and SDE. */
    long seed() {
        return seed;
    }

    /** Whether samples go from data to noise. */
    boolean reverse() {
        return reverse;
    }

    /**
     * Classes where the start has none.
     *
     * @throws BadInputException if one is none of the network's
     */
    SampleClasses labels(DitConfig config) throws IOException {
        return ClassesOption.parse(classes == null ? "balanced" : classes, config);
    }

    /**
     * Where samples start.
     *
     * @throws BadInputException if what is given does not fit the network
     */
    SampleStart start(DitConfig config) throws IOException {
        if (noise == null) {
            if (reverse) {
                throw BadInputException.at("--reverse")
                        .found("no data to start from")
                        .expected("--noise IN.npz with x1 or latents [N,C,H,W]")
                        .build();
            }
            return new SampleStart.Seeded();
        }
        SampleStart.Given given = StartFile.read(noise, config, reverse);
        if (classes != null && given.classes().isPresent()) {
            throw BadInputException.at("--classes " + classes)
                    .found(noise + " with classes y of its own")
                    .expected("one of the two")
                    .build();
        }
        return given;
    }

    /**
     * How many samples.
     *
     * @throws BadInputException if there are fewer states
     */
    long samples(SampleStart start) {
        long there = start instanceof SampleStart.Given given ? given.all().rows() : Long.MAX_VALUE;
        long wanted = count == null ? (noise == null ? 16 : there) : count;
        if (wanted < 1 || wanted > there || wanted > Integer.MAX_VALUE) {
            throw BadInputException.at("--count " + wanted)
                    .found(wanted < 1 ? "too small a number" : "more samples than there can be")
                    .expected("1 to " + Math.min(there, Integer.MAX_VALUE))
                    .build();
        }
        return wanted;
    }
}
