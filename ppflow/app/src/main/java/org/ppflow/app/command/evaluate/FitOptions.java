package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.Fit;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** How pictures are brought to one size; a picocli mixin. A run's pictures have theirs. */
final class FitOptions {
    private static final int MAX_SIDE = 8192;

    @Option(
            names = "--crop",
            paramLabel = "SIZE",
            description =
                    "Bring picture files to a square of this side by ADM's centre crop, which enlarges smaller ones (beside digits it refuses them), and digits"
                            + " (idx:, mnist-t10k) by black around them; without it pictures stay as they are.")
    private @Nullable Integer crop;

    @Option(
            names = "--pad",
            paramLabel = "SIZE",
            description =
                    "Bring pictures of any kind to a square of this side by black around them, as training does with digits; larger ones are refused.")
    private @Nullable Integer pad;

    /**
     * Checks what is asked for.
     *
     * @param samples as typed, if they are
     * @throws BadInputException if both are given, a size is none, or no set is named that it is for
     */
    void requireFit(@Nullable String samples, ReferenceOption reference) throws IOException {
        if (crop != null && pad != null) {
            throw BadInputException.at("--crop " + crop + " --pad " + pad)
                    .found("both")
                    .expected("one: a crop brings photographs to a size, black around them digits")
                    .build();
        }
        requireSide("--crop", crop);
        requireSide("--pad", pad);
        if (crop != null && !takesCrop(samples) && !takesCrop(reference.pictures())) {
            throw BadInputException.at("--crop " + crop)
                    .found("no PNG or JPEG files, and no digits")
                    .expected("a folder, tar or zip of files, idx:PATH or mnist-t10k: other pictures have their size")
                    .advice("--pad " + crop + " puts black around smaller pictures of any kind")
                    .build();
        }
        if (pad != null && reference.ofCroppedFiles()) {
            throw BadInputException.at("--pad " + pad)
                    .found("a run of picture files beside it, which were brought to their size by ADM's centre crop")
                    .expected("the same for what is compared with them")
                    .advice("--crop " + pad + " in place of --pad")
                    .build();
        }
        if (pad != null && samples == null && reference.pictures() == null) {
            throw BadInputException.at("--pad " + pad)
                    .found("no pictures that are read")
                    .expected(
                            "--samples, or pictures as --reference: what weights draw and a run's pictures have their size")
                    .build();
        }
    }

    private static void requireSide(String option, @Nullable Integer side) {
        if (side != null && (side < 1 || side > MAX_SIDE)) {
            throw BadInputException.at(option + " " + side)
                    .found("no size of a picture")
                    .expected("1 to " + MAX_SIDE + " pixels")
                    .build();
        }
    }

    /**
     * What is done to a set.
     *
     * @param name of it, as typed
     * @param besideDigits whether the other set, or what the network was trained on, is of digits, which have black around them: then nothing is enlarged
     */
    Optional<Fit> of(@Nullable String name, boolean besideDigits) throws IOException {
        if (pad != null) {
            return Optional.of(new Fit(Fit.How.PAD, pad));
        }
        if (crop == null || !takesCrop(name)) { // sets that take no crop have the size that the others are brought to
            return Optional.empty();
        }
        return Optional.of(new Fit(besideDigits ? Fit.How.CROP_LARGER : Fit.How.CROP, crop));
    }

    private static boolean takesCrop(@Nullable String name) throws IOException {
        return name != null && ImageSources.takesCrop(name);
    }
}
