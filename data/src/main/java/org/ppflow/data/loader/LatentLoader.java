package org.ppflow.data.loader;

import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Batches as a pure function of (seed, step). Row i of step s stands at position p = s·batch + i of an endless sequence; its
 * epoch is ⌊p / rows⌋, and the epoch's keyed permutation says which row it is. So a batch may span two epochs, every row comes
 * exactly once an epoch, there is no shuffle buffer, and a resumed run needs to know the step and nothing else.
 *
 * <p>Where mirrored pictures are stored, a coin per (seed, step, i) picks the one or the other. Safe for many threads.
 */
public final class LatentLoader {
    private final LatentDataset data;
    private final long seed;
    private final LatentScaling scaling;

    /** Batches of a data set of latents. */
    public LatentLoader(LatentDataset data, long seed) {
        if (data.manifest().description().stored() != StoredKind.LATENTS) {
            throw BadInputException.at(
                            "data set of " + data.manifest().description().source())
                    .found("rows of " + data.manifest().description().stored())
                    .expected("rows of " + StoredKind.LATENTS)
                    .build();
        }
        this.data = data;
        this.seed = seed;
        this.scaling = data.scaling();
    }

    /** The data set. */
    public LatentDataset data() {
        return data;
    }

    /** The whole batch of a step. */
    public LoadedBatch batch(long step, int batchSize) {
        return batch(step, batchSize, 0, batchSize);
    }

    /**
     * Places [from, to) of a step's batch: a worker's share. Workers together get exactly the whole batch, however it is cut.
     *
     * @param step from 0
     * @param batchSize of all workers together, at least 1
     */
    public LoadedBatch batch(long step, int batchSize, int from, int to) {
        if (step < 0 || batchSize < 1 || from < 0 || from > to || to > batchSize) {
            throw new IllegalArgumentException(
                    "places " + from + " to " + to + " of a batch of " + batchSize + " at step " + step);
        }
        LatentShape shape = data.latentShape();
        FloatArray latents = FloatArray.zeros(to - from, shape.channels(), shape.height(), shape.width());
        int[] labels = new int[to - from];
        long[] rows = new long[to - from];
        long epoch = -1;
        KeyedPermutation order = null;
        for (int i = 0; i < rows.length; i++) {
            int place = from + i;
            long position = Math.addExact(Math.multiplyExact(step, (long) batchSize), place);
            if (order == null || position / data.rows() != epoch) {
                epoch = position / data.rows();
                order = new KeyedPermutation(data.rows(), seed, Purpose.SHUFFLE, epoch);
            }
            rows[i] = order.at(position % data.rows());
            labels[i] = data.label(rows[i]);
            int offset = i * shape.size();
            data.copyStored(rows[i], mirrored(step, place), latents.values(), offset);
            scaling.normaliseRow(latents.values(), offset, shape.size());
        }
        return new LoadedBatch(latents, labels, rows);
    }

    private boolean mirrored(long step, int place) {
        return data.mirror()
                && (RandomStream.of(seed, Purpose.MIRROR, place, step).nextInt() & 1) == 1;
    }
}
