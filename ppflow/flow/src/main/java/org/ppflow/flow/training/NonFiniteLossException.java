package org.ppflow.flow.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A loss is NaN or infinite: training cannot go on. The newest checkpoint is from before. */
public final class NonFiniteLossException extends IOException {
    private static final long serialVersionUID = 1L;

    private NonFiniteLossException(long step, List<Integer> rows) {
        super("the loss of step " + step + " is not finite at batch rows " + rows
                + "; lower the learning rate, or check the data for NaN");
    }

    static void check(long step, float[] losses) throws NonFiniteLossException {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < losses.length; row++) {
            if (!Float.isFinite(losses[row])) {
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            throw new NonFiniteLossException(step, rows);
        }
    }
}
