package org.ppflow.eval.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;

/**
 * A reference as a person names it: pictures of any kind, or an npz in ADM's form, which may have statistics beside pictures or alone. Owns the pictures.
 *
 * @param name for reports
 * @param images empty where a file has statistics alone
 * @param statistics where the file has some
 */
public record ReferenceSource(String name, Optional<ImageSource> images, Optional<StoredStatistics> statistics)
        implements AutoCloseable {
    private static final int HASHED = 1024;

    /** Pictures alone. */
    public static ReferenceSource of(ImageSource images) {
        return new ReferenceSource(images.name(), Optional.of(images), Optional.empty());
    }

    /** Opens what a person names; see {@link ImageSources#open(String, ImageReading)}. */
    public static ReferenceSource open(String name, ImageReading reading) throws IOException {
        Path path = Path.of(name);
        boolean npz = name.toLowerCase(Locale.ROOT).endsWith(".npz") && Files.isRegularFile(path);
        if (!npz) {
            return of(ImageSources.open(name, reading));
        }
        Optional<StoredStatistics> statistics = StoredStatistics.read(path);
        boolean pictures;
        try (NpzFile file = Npz.open(path)) {
            pictures = file.contains("arr_0");
        }
        @Nullable ImageSource images = pictures || statistics.isEmpty() ? ImageSources.open(name, reading) : null;
        return new ReferenceSource(name, Optional.ofNullable(images), statistics);
    }

    /** Changes with any number of the statistics; empty without. */
    String statisticsHash() {
        return statistics
                .map(known -> Sha256.of(
                        known.pool().singleMean() + " " + known.spatial().singleMean() + " "
                                + bytesHash(known.pool().mean())
                                + bytesHash(known.pool().covariance())
                                + bytesHash(known.spatial().mean())
                                + bytesHash(known.spatial().covariance())))
                .orElse("");
    }

    private static String bytesHash(double... values) {
        MessageDigest digest = Sha256.digest();
        ByteBuffer bytes = ByteBuffer.allocate(HASHED * Double.BYTES);
        for (int from = 0; from < values.length; from += HASHED) {
            int count = Math.min(HASHED, values.length - from);
            bytes.clear();
            bytes.asDoubleBuffer().put(values, from, count);
            bytes.limit(count * Double.BYTES);
            digest.update(bytes);
        }
        return Sha256.hex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        if (images.isPresent()) {
            images.get().close();
        }
    }
}
