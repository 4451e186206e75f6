package org.ppflow.eval.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;

/**
 * A set as a person names it: pictures of any kind, or an npz in ADM's form, which may have statistics beside pictures or alone. Owns the pictures.
 *
 * @param name for reports
 * @param images empty where a file has statistics alone
 * @param statistics where the file has some
 */
public record SetSource(String name, Optional<ImageSource> images, Optional<StoredStatistics> statistics)
        implements AutoCloseable {
    /** Pictures alone. */
    public static SetSource of(ImageSource images) {
        return new SetSource(images.name(), Optional.of(images), Optional.empty());
    }

    /** Opens what a person names; see {@link ImageSources#open(String, ImageReading)}. */
    public static SetSource open(String name, ImageReading reading) throws IOException {
        if (!ImageSources.isNpz(name)
                || Files.size(Path.of(name)) == 0) { // an empty file has no statistics to look for
            return of(ImageSources.open(name, reading));
        }
        Optional<StoredStatistics> statistics = StoredStatistics.read(Path.of(name));
        boolean pictures;
        try (NpzFile file = Npz.open(Path.of(name))) {
            pictures = file.contains("arr_0");
        }
        @Nullable ImageSource images = pictures || statistics.isEmpty() ? ImageSources.open(name, reading) : null;
        if (images != null && statistics.isPresent() && ImageSources.isPadded(images)) {
            images.close();
            throw BadInputException.at(name)
                    .found("statistics of its pictures beside them, as they are without black around them")
                    .expected("pictures alone, where they are padded")
                    .advice("save arr_0, and arr_1 if there is one, as an npz of its own")
                    .build();
        }
        return new SetSource(name, Optional.ofNullable(images), statistics);
    }

    /**
     * The pictures, for a set that is scored.
     *
     * @throws BadInputException if there are statistics alone
     */
    public ImageSource requirePictures() {
        return images.orElseThrow(() -> BadInputException.at(name)
                .found("statistics alone")
                .expected("pictures to score")
                .advice("it can be a reference, not samples")
                .build());
    }

    @Override
    public void close() throws IOException {
        if (images.isPresent()) {
            images.get().close();
        }
    }
}
