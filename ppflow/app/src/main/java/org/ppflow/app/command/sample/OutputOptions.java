package org.ppflow.app.command.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.app.sample.SampleFormat;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** The options of what samples become and in which portions; a picocli mixin. */
final class OutputOptions {
    private static final String BESIDE = "beside";
    private static final String AUTO = "auto";

    @Option(names = "--output", paramLabel = "OUT", description = "NAME.npz, NAME.arrow (latents), or a folder of PNG.")
    private @Nullable Path output;

    @Option(
            names = "--batch",
            paramLabel = "N|auto",
            defaultValue = "16",
            description =
                    "Samples that pass the network together, recorded with the samples (default: ${DEFAULT-VALUE}); auto measures"
                            + " which is fastest here. Another batch changes the last digits.")
    private String batch = "16";

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

    @Option(
            names = "--shard",
            paramLabel = "i/n",
            defaultValue = "0/1",
            description = "Draw the i-th of n parts, i from 0; one after another they are the whole.")
    private String shard = "0/1";

    @Option(names = "--overwrite", description = "Replace an output, or unfinished parts, of other settings.")
    private boolean overwrite;

    /** Whether an output is named. */
    boolean given() {
        return output != null;
    }

    /**
     * The output.
     *
     * @throws BadInputException if none is given
     */
    Path target() {
        if (output == null || output.getFileName() == null) {
            throw BadInputException.at("--output")
                    .found("nothing")
                    .expected("NAME.npz, NAME.arrow, or a folder for PNG")
                    .build();
        }
        return output;
    }

    /**
     * Form of the output.
     *
     * @param reverse whether noise comes out
     * @throws BadInputException if pictures are wanted of what is none
     */
    SampleFormat format(boolean reverse) {
        SampleFormat format = SampleFormat.of(target());
        if (format == SampleFormat.PNG && decode == null) {
            throw BadInputException.at("--output " + output)
                    .found("a folder for pictures, and no --decode")
                    .expected("--decode, or a name that ends in .npz or .arrow for latents")
                    .build();
        }
        if (reverse && decode != null) {
            throw BadInputException.at("--reverse")
                    .found("noise to be decoded into pictures")
                    .expected("latents: no --decode, and an output .npz or .arrow")
                    .build();
        }
        return format;
    }

    /** Which part of the samples. */
    SampleShard shard() {
        return SampleShard.parse(shard);
    }

    /** Whether outputs and parts of other settings may be replaced. */
    boolean overwrite() {
        return overwrite;
    }

    /**
     * Rows of the network's batch; empty where they are to be measured.
     *
     * @throws BadInputException if it is no number from 1 to 65536
     */
    Optional<Integer> rows() {
        if (batch.equals(AUTO)) {
            return Optional.empty();
        }
        try {
            int rows = Integer.parseInt(batch);
            if (rows >= 1 && rows <= 65_536) {
                return Optional.of(rows);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BadInputException.at("--batch " + batch)
                .found("no batch")
                .expected("a number from 1 to 65536, or " + AUTO)
                .build();
    }

    /** Measures the batch that is fastest here, and says it. */
    static int fastest(SamplingGraph graph, long samples, PrintWriter err) {
        int fastest = FastestBatch.of(graph, graph.description(), samples);
        err.println("batch " + fastest + " is fastest here");
        err.flush();
        return fastest;
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
