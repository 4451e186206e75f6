package org.ppflow.data.loader;

import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.Posterior;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Batches as a pure function of (seed, step). Row i of step s stands at position p = s·batch + i of an endless sequence; its
 * epoch is ⌊p / rows⌋, and the epoch's keyed permutation says which row it is. So a batch may span two epochs, every row comes
 * exactly once an epoch, there is no shuffle buffer, and a resumed run needs to know the step and nothing else.
 *
 * <p>Where mirrored pictures are stored, a coin per (seed, step, i) picks the one or the other; where moments are stored, the posterior is drawn anew
 * from the stream of (seed, step, i). Safe for many threads.
 */
public final class LatentLoader {
    private final LatentDataset data;
    private final long seed;
    private final LatentScaling scaling;

    /** Batches of a data set in the order that a seed gives. */
    public LatentLoader(LatentDataset data, long seed) {
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
        LatentShape shape = data.latentShape();
        boolean moments = data.manifest().description().stored() == StoredKind.MOMENTS;
        float[] stored =
                new float[moments ? data.manifest().description().storedShape().size() : 0];
        FloatArray latents = FloatArray.zeros(to - from, shape.channels(), shape.height(), shape.width());
        int[] labels = new int[to - from];
        long[] rows = rows(step, batchSize, from, to);
        for (int i = 0; i < rows.length; i++) {
            int place = from + i;
            labels[i] = data.label(rows[i]);
            int offset = i * shape.size();
            boolean mirrored = mirrored(step, place);
            if (moments) {
                data.copyStored(rows[i], mirrored, stored, 0);
                RandomStream noise = RandomStream.of(seed, Purpose.POSTERIOR, place, step);
                Posterior.sample(stored, noise, latents.values(), offset);
            } else {
                data.copyStored(rows[i], mirrored, latents.values(), offset);
            }
            scaling.normaliseRow(latents.values(), offset, shape.size());
        }
        return new LoadedBatch(latents, labels, rows);
    }

    /**
     * Places [from, to) of a step's batch as they are stored, gathered from the maps into the memory of a tensor; a row stops in the processor's
     * nearest cache on its way, nowhere else. The caller closes it.
     */
    public StoredBatch stored(long step, int batchSize, int from, int to) {
        checkPlaces(step, batchSize, from, to);
        DatasetDescription description = data.manifest().description();
        LatentShape shape = description.storedShape();
        Shape tensorShape = Shape.of(to - from, shape.channels(), shape.height(), shape.width());
        TNumber values = switch (description.valueType()) {
            case FLOAT16 -> TFloat16.tensorOf(tensorShape);
            case FLOAT32 -> TFloat32.tensorOf(tensorShape);
        };
        try {
            int[] labels = new int[to - from];
            long[] rows = rows(step, batchSize, from, to);
            byte[] row = new byte[shape.size() * description.valueType().bytes()];
            ByteDataBuffer target = values.asRawTensor().data();
            for (int i = 0; i < rows.length; i++) {
                labels[i] = data.label(rows[i]);
                data.copyStoredBytes(rows[i], mirrored(step, from + i), row);
                target.offset((long) i * row.length).write(row);
            }
            return new StoredBatch(values, labels, rows);
        } catch (RuntimeException e) {
            values.close();
            throw e;
        }
    }

    /** Number in the data set of each of the places [from, to) of a step's batch. */
    public long[] rows(long step, int batchSize, int from, int to) {
        checkPlaces(step, batchSize, from, to);
        RowOrder order = new RowOrder(data.rows(), seed);
        long[] rows = new long[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = order.at(Math.addExact(Math.multiplyExact(step, (long) batchSize), from + i));
        }
        return rows;
    }

    private static void checkPlaces(long step, int batchSize, int from, int to) {
        if (step < 0 || batchSize < 1 || from < 0 || from > to || to > batchSize) {
            throw new IllegalArgumentException(
                    "places " + from + " to " + to + " of a batch of " + batchSize + " at step " + step);
        }
    }

    private boolean mirrored(long step, int place) {
        return data.mirror()
                && (RandomStream.of(seed, Purpose.MIRROR, place, step).nextInt() & 1) == 1;
    }
}
