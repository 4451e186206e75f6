package org.ppflow.eval.images;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;

/**
 * A number for a picture that follows from its pixels alone: MurmurHash3, the lower 64 bits. Equal pictures have equal keys; two different ones among 50 000
 * share a key with a probability of 1e-10.
 */
public final class PictureKey {
    private static final HashFunction PIXELS = Hashing.murmur3_128();

    private PictureKey() {}

    /**
     * The key of one picture of a batch.
     *
     * @param index in the batch
     */
    public static long of(ImageBatch batch, int index) {
        int bytes = batch.shape().bytes();
        return PIXELS.hashBytes(batch.pixels(), index * bytes, bytes).asLong();
    }
}
