package org.ppflow.app.command.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.app.sample.SampleFormat;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of what samples become and in which portions; a picocli mixin. */
@OptionSection("The output")
final class OutputOptions {
    @Option(names = "--output", paramLabel = "OUT", description = "NAME.npz, NAME.arrow (latents), or a folder of PNG.")
    private @Nullable Path output;

    @Option(
            names = "--by-class",
            description =
                    "Of a folder of PNG: a folder for each class in it, as OUT/3/00000017.png, which data encode and evaluate"
                            + " read as classes.")
    private boolean byClass;

    @Mixin
    private BatchOption batch = new BatchOption();

    @Mixin
    private DecodeOptions decode = new DecodeOptions();

    @Option(
            names = "--shard",
            paramLabel = "i/n",
            defaultValue = "0/1",
            description =
                    "Draw the i-th of n parts, i from 0; one after another they are the whole (default: ${DEFAULT-VALUE}).")
    private String shard = "0/1";

    @Option(names = "--overwrite", description = "Replace an output, or unfinished parts, of other settings.")
    private boolean overwrite;

    /** Whether an output is named, or its form. */
    boolean given() {
        return output != null || byClass;
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
        SampleFormat named = SampleFormat.of(target());
        if (byClass && named != SampleFormat.PNG) {
            throw BadInputException.at("--by-class")
                    .found("found the output " + output)
                    .expected("a folder of PNG")
                    .advice("leave it out: the file has the class of each sample")
                    .build();
        }
        SampleFormat format = byClass ? SampleFormat.PNG_BY_CLASS : named;
        if (format.folder()) {
            OutputPlace.requireFolder("--output", target());
        } else {
            OutputPlace.requireFile("--output", target());
        }
        if (format.folder() && !decode.given()) {
            throw BadInputException.at("--output " + output)
                    .found("a folder for pictures, and no --decode")
                    .expected("--decode, or a name that ends in .npz or .arrow for latents")
                    .build();
        }
        if (reverse && decode.given()) {
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

    /** Rows of the network's batch; empty where they are to be measured. */
    Optional<Integer> rows() {
        return batch.rows();
    }

    /** See {@link DecodeOptions#decoder}. */
    Optional<LatentDecoder> decoder(Path weights, DitConfig config) throws IOException {
        return decode.decoder(weights, config);
    }
}
