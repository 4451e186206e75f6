package org.ppflow.app.command.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** What makes pictures of latents; a picocli mixin. */
@OptionSection("Pictures of latents")
final class DecodeOptions {
    private static final String BESIDE = "beside";

    @Option(
            names = "--decode",
            paramLabel = "DATA",
            arity = "0..1",
            fallbackValue = BESIDE,
            description =
                    "Make pictures, with codec and scale of this data set's folder (default: the data set of the run that the"
                            + " weights lie in).")
    private @Nullable String decode;

    @Option(
            names = "--autoencoder",
            paramLabel = "FOLDER",
            description = "With --decode: the autoencoder that the data set was made by, as diffusers saves it.")
    private @Nullable Path autoencoder;

    /** The autoencoder that is named. */
    Optional<Path> autoencoder() {
        return Optional.ofNullable(autoencoder);
    }

    /** Whether pictures are asked for. */
    boolean given() {
        return decode != null;
    }

    /** What makes pictures, asked for or not. */
    LatentDecoder always(Path weights, DitConfig config) throws IOException {
        if (decode == null) {
            decode = BESIDE;
        }
        return decoder(weights, config).orElseThrow();
    }

    /**
     * What makes pictures; empty where latents are kept.
     *
     * @param weights that a data set may lie beside
     * @throws BadInputException if the data set is not there or not of the network
     */
    Optional<LatentDecoder> decoder(Path weights, DitConfig config) throws IOException {
        if (decode == null) {
            return Optional.empty();
        }
        if (decode.isBlank()) {
            throw BadInputException.at("--decode")
                    .found("an empty name")
                    .expected("a data set with its manifest.json, or --decode alone for that of the weights' run")
                    .build();
        }
        Path folder = decode.equals(BESIDE) ? LatentDecoder.beside(weights) : Path.of(decode);
        if (!Files.isDirectory(folder)) {
            throw BadInputException.at("--decode " + folder)
                    .found("no such folder")
                    .expected("a data set with its manifest.json")
                    .build();
        }
        return Optional.of(LatentDecoder.open(folder, config, Optional.ofNullable(autoencoder)));
    }
}
