package org.ppflow.eval.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;
import org.ppflow.nn.weights.TensorInfo;

/**
 * Statistics of a reference file: {@code mu, sigma} of the pooled features (FID), {@code mu_s, sigma_s} of the spatial ones (sFID). They are of the whole data
 * set, and where they are there ADM's evaluator uses them and not the file's pictures. In memory: 8·(F + F²) bytes of each pair, 64 MiB at 2048 and 2023.
 *
 * @param pool of the pooled features
 * @param spatial of the spatial features
 */
public record StoredStatistics(StoredMoments pool, StoredMoments spatial) {
    static final String MU = "mu";
    static final String SIGMA = "sigma";
    static final String MU_SPATIAL = "mu_s";
    static final String SIGMA_SPATIAL = "sigma_s";

    private static final List<String> NAMES = List.of(MU, SIGMA, MU_SPATIAL, SIGMA_SPATIAL);
    private static final int MAX_FEATURES = 1 << 14;

    /** NumPy's covariance is symmetric to the last bits; of a file in float32, to these. */
    private static final double SYMMETRIC = 1e-6;

    /**
     * Reads the statistics of an npz; empty where it has none of the four arrays.
     *
     * @throws BadInputException if the file is no npz, some of the four arrays are missing, have other shapes than [F] and [F, F], hold values that are not
     *     finite, or a covariance is not symmetric or has a negative variance
     */
    public static Optional<StoredStatistics> read(Path file) throws IOException {
        try (NpzFile npz = Npz.open(file)) {
            List<String> there = NAMES.stream().filter(npz::contains).toList();
            if (there.isEmpty()) {
                return Optional.empty();
            }
            if (there.size() < NAMES.size()) {
                List<String> missing =
                        NAMES.stream().filter(name -> !npz.contains(name)).toList();
                throw BadInputException.at(file.toString())
                        .found(listed(there)
                                + (there.size() == 1 ? " is there, " : " are there, ")
                                + listed(missing)
                                + (missing.size() == 1 ? " is not" : " are not"))
                        .expected("all of " + listed(NAMES) + ", as ADM's reference files have them, or none")
                        .advice("make a reference of the pictures themselves (--make-reference)")
                        .build();
            }
            return Optional.of(new StoredStatistics(moments(npz, MU, SIGMA), moments(npz, MU_SPATIAL, SIGMA_SPATIAL)));
        }
    }

    /** {@code sigma, mu_s and sigma_s}. */
    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static StoredMoments moments(NpzFile npz, String mu, String sigma) throws IOException {
        TensorInfo mean = npz.info(mu);
        TensorInfo covariance = npz.info(sigma);
        if (!mean.type().isFloating() || mean.shape().length != 1 || mean.size() < 1 || mean.size() > MAX_FEATURES) {
            throw bad(npz, mu, mean.toString(), "floating-point numbers of shape [F], F at most " + MAX_FEATURES);
        }
        int size = mean.shape()[0];
        if (!covariance.type().isFloating() || !Arrays.equals(covariance.shape(), new int[] {size, size})) {
            throw bad(
                    npz,
                    sigma,
                    covariance.toString(),
                    "floating-point numbers of shape [" + size + ", " + size + "], as " + mu + " has " + size);
        }
        double[] means = npz.doubles(mu);
        double[] covariances = npz.doubles(sigma);
        requireFinite(npz, mu, means);
        requireFinite(npz, sigma, covariances);
        requireCovariance(npz, sigma, covariances, size);
        return new StoredMoments(means, covariances, mean.type().bytes() == Float.BYTES);
    }

    private static void requireFinite(NpzFile npz, String name, double... values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw bad(npz, name, values[i] + " as element " + i, "finite numbers");
            }
        }
    }

    private static void requireCovariance(NpzFile npz, String sigma, double[] values, int size) {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            double variance = values[i * size + i];
            if (variance < 0) {
                throw bad(npz, sigma, "the variance " + variance + " of feature " + i, "0 or more");
            }
            largest = Math.max(largest, variance);
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double one = values[i * size + j];
                double other = values[j * size + i];
                if (Math.abs(one - other) > SYMMETRIC * largest) {
                    throw bad(
                            npz,
                            sigma,
                            "[" + i + ", " + j + "] is " + one + ", [" + j + ", " + i + "] is " + other,
                            "a covariance, which is symmetric");
                }
            }
        }
    }

    /** SHA-256 that changes with any number, and with the precision of the means. */
    public String contentHash() {
        return Sha256.of(String.join(" ", pool.contentHash(), spatial.contentHash()));
    }

    private static BadInputException bad(NpzFile npz, String name, String found, String expected) {
        return BadInputException.at(npz.path() + ": " + name)
                .found(found)
                .expected(expected)
                .build();
    }
}
