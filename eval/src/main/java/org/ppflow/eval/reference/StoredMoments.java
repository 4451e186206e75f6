package org.ppflow.eval.reference;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.ppflow.nn.files.Sha256;

/**
 * Mean and covariance of features, as a file holds them. The arrays are not copied.
 *
 * @param mean [F]
 * @param covariance [F, F] row by row
 * @param singleMean whether the mean is stored in float32: ADM takes |μ₁ − μ₂|² in float32 when both means are so, in float64 otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredMoments(double[] mean, double[] covariance, boolean singleMean) {
    public StoredMoments {
        if (mean.length == 0 || covariance.length != (long) mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a mean of " + mean.length + " values and a covariance of " + covariance.length);
        }
    }

    /** Number of features F. */
    public int size() {
        return mean.length;
    }

    /** SHA-256 that changes with any number, and with the precision of the mean. */
    String contentHash() {
        MessageDigest digest = Sha256.digest();
        digest.update((byte) (singleMean ? 1 : 0));
        ByteBuffer bytes = ByteBuffer.allocate(size() * Double.BYTES);
        update(digest, bytes, mean, 0);
        for (int row = 0; row < size(); row++) {
            update(digest, bytes, covariance, row * size());
        }
        return Sha256.hex(digest.digest());
    }

    private static void update(MessageDigest digest, ByteBuffer bytes, double[] values, int from) {
        bytes.clear();
        bytes.asDoubleBuffer().put(values, from, bytes.capacity() / Double.BYTES);
        digest.update(bytes);
    }

    @Override
    public String toString() {
        return "StoredMoments of " + size() + " features";
    }
}
