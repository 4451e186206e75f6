package org.ppflow.flow.training;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.level.BatchPlan;

/**
 * A batch in equal parts, each with its share of every level's rows: what gradients are accumulated over, or devices share. A row's random numbers are
 * those of its place in the whole batch, so how it is cut changes no number beyond rounding.
 *
 * @param whole plan of the batch
 * @param part plan of each part
 */
public record BatchParts(BatchPlan whole, BatchPlan part) {
    public BatchParts {
        int count = whole.batch() / part.batch();
        for (int level = 0; level < whole.counts().size(); level++) {
            if (part.counts().size() != whole.counts().size() || part.count(level) * count != whole.count(level)) {
                throw new IllegalArgumentException(
                        "parts of " + part.counts() + " images do not make up " + whole.counts());
            }
        }
    }

    /** How many. */
    public int count() {
        return whole.batch() / part.batch();
    }

    /** Rows of the whole batch that a part has, in the order of its own rows. */
    int[] rows(int index) {
        int[] rows = new int[part.batch()];
        int place = 0;
        for (int level = 0; level < part.counts().size(); level++) {
            for (int i = 0; i < part.count(level); i++) {
                rows[place++] = whole.offset(level) + index * part.count(level) + i;
            }
        }
        return rows;
    }

    /** Cuts. */
    List<TrainingBatch> of(TrainingBatch batch) {
        if (count() == 1) {
            return List.of(batch);
        }
        List<TrainingBatch> parts = new ArrayList<>();
        for (int index = 0; index < count(); index++) {
            parts.add(batch.rows(rows(index)));
        }
        return parts;
    }

    /** Puts values of the parts' rows, one part after the other, into the order of the whole batch. */
    float[] join(float[] values) {
        float[] joined = new float[values.length];
        int place = 0;
        for (int index = 0; index < count(); index++) {
            for (int row : rows(index)) {
                joined[row] = values[place++];
            }
        }
        return joined;
    }
}
