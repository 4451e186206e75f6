package org.ppflow.data.loader;

import org.ppflow.data.latents.LatentDataset;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Batches in a global shuffle, as a pure function of (seed, position): position p is row p mod count of epoch p div count, through
 * that epoch's keyed permutation. No shuffle buffer and no state: a resumed run asks for its step and gets what it would have
 * got, and workers share a batch by asking for its parts. Every row comes exactly once an epoch.
 *
 * @param dataset what is read
 * @param seed of the shuffle and the mirrors
 */
public record LatentLoader(LatentDataset dataset, long seed) {
    /**
     * Rows drawn.
     *
     * @param latents shifted and scaled, [N, c, h, w]
     * @param labels class of each
     * @param rows of the data set
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Draw(FloatArray latents, int[] labels, long[] rows) {}

    /**
     * The rows at positions [first, first + count).
     *
     * @param first from 0, over all epochs: step times batch
     * @param count at least 1
     */
    public Draw draw(long first, int count) {
        long[] rows = new long[count];
        int[] labels = new int[count];
        boolean[] flipped = new boolean[count];
        boolean mirror = dataset.manifest().options().mirror();
        long size = dataset.count();
        long epoch = -1;
        KeyedPermutation order = new KeyedPermutation(size, seed, Purpose.SHUFFLE, first / size);
        for (int i = 0; i < count; i++) {
            long position = first + i;
            if (position / size != epoch) {
                epoch = position / size;
                order = new KeyedPermutation(size, seed, Purpose.SHUFFLE, epoch);
            }
            rows[i] = order.at(position % size);
            labels[i] = dataset.label(rows[i]);
            flipped[i] =
                    mirror && RandomStream.of(seed, Purpose.MIRROR, position).nextInt(2) == 1;
        }
        return new Draw(dataset.normalized(rows, flipped), labels, rows);
    }
}
