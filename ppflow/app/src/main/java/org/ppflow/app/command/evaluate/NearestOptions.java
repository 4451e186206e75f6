package org.ppflow.app.command.evaluate;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.OptionSection;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.protocol.SetSource;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** Whether samples are shown beside their neighbours; a picocli mixin. */
@OptionSection("Nearest pictures")
final class NearestOptions {
    private static final int NEIGHBOURS = 5;

    @Option(
            names = "--nearest",
            paramLabel = "N",
            description =
                    "Show N samples beside the pictures of the reference that they look like most, with --nearest-grid.")
    private @Nullable Integer nearest;

    @Option(names = "--nearest-grid", paramLabel = "FILE.png", description = "Where the picture of --nearest goes.")
    private @Nullable Path grid;

    /** Whether they are asked for. */
    boolean given() {
        return nearest != null || grid != null;
    }

    /** Where the picture goes. */
    Path grid() {
        if (grid == null) {
            throw new IllegalStateException("no grid was asked for");
        }
        return grid;
    }

    /**
     * The search; empty where none is asked for.
     *
     * @throws BadInputException if one option is there without the other, or a value is none
     */
    Optional<NearestPictures> search() {
        if (nearest == null || grid == null) {
            if (given()) {
                throw BadInputException.at(nearest == null ? "--nearest-grid " + grid : "--nearest " + nearest)
                        .found("one without the other")
                        .expected("--nearest N --nearest-grid FILE.png")
                        .build();
            }
            return Optional.empty();
        }
        OutputPlace.requireFile("--nearest-grid", grid);
        return Optional.of(new NearestPictures(nearest, NEIGHBOURS));
    }

    /**
     * The reference's pictures, before anything is computed.
     *
     * @throws BadInputException if there are none, or they cannot stand beside the samples
     */
    ImageSource beside(SetSource reference, ImageSource samples, NearestPictures search) {
        ImageSource pictures = reference
                .images()
                .orElseThrow(() -> BadInputException.at("--nearest " + nearest)
                        .found(reference.name() + " with statistics alone")
                        .expected("a reference with pictures")
                        .build());
        search.requireFit(samples.shape(), pictures.shape());
        return pictures;
    }
}
