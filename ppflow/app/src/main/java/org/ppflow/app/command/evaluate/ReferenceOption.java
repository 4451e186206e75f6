package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.experiment.HeldOutPictures;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.eval.protocol.SetSource;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** What samples are compared with; a picocli mixin. */
final class ReferenceOption {
    @Option(
            names = "--reference",
            paramLabel = "A",
            description =
                    "What samples are compared with: pictures; an npz in ADM's form with mu, sigma, mu_s, sigma_s beside or"
                            + " instead of its pictures; or run:FOLDER, the pictures that a run kept out of training, by"
                            + " its classifier where no --network is named.")
    private @Nullable String reference;

    /** Read once: a run's config is a file. */
    private @Nullable HeldOutPictures run;

    boolean given() {
        return reference != null;
    }

    /** As it was written. */
    String name() {
        return String.valueOf(reference);
    }

    /**
     * Checks that it is there, if one is given.
     *
     * @throws BadInputException if not
     */
    void requireThere() throws IOException {
        Optional<HeldOutPictures> held = ofRun();
        if (held.isPresent()) {
            held.get().requireThere();
        } else if (reference != null) {
            ImageSources.requireThere("--reference", reference);
        }
    }

    /** The network that goes with it where no other is named: a run's classifier. */
    Optional<Path> network() throws IOException {
        return ofRun().map(HeldOutPictures::classifier);
    }

    /** Its name where it is read from what a person names; null where none is given, or it is a run's, whose pictures have their size. */
    @Nullable
    String pictures() throws IOException {
        return ofRun().isPresent() ? null : reference;
    }

    /** Whether it is a run of picture files: these were cropped. */
    boolean ofCroppedFiles() throws IOException {
        return ofRun().filter(run -> !run.ofDigits()).isPresent();
    }

    /** Whether its pictures are digits, which have black around them where they are brought to a size. */
    boolean ofDigits() throws IOException {
        return ofRun().map(HeldOutPictures::ofDigits)
                .orElseGet(() -> reference != null && ImageSources.areDigits(reference));
    }

    /** Opens it; the caller closes it. */
    SetSource open(ImageReading reading) throws IOException {
        Optional<HeldOutPictures> held = ofRun();
        return held.isPresent() ? SetSource.of(held.get().open(reading.channels())) : SetSource.open(name(), reading);
    }

    private Optional<HeldOutPictures> ofRun() throws IOException {
        if (run == null && reference != null && HeldOutPictures.isNamed(reference)) {
            run = HeldOutPictures.named(reference);
        }
        return Optional.ofNullable(run);
    }
}
