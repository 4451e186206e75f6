package org.ppflow.flow.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A loss or a weight is NaN or infinite: training cannot go on. The newest checkpoint is from before. */
public final class DivergedException extends IOException {
    private static final long serialVersionUID = 1L;

    private DivergedException(String message) {
        super(message);
    }

    /** A weight that a step left. */
    static DivergedException weight(long step, String file, String name) {
        return new DivergedException("after step " + step + " " + name + " of " + file
                + " is not finite, so no checkpoint of this step is kept; lower the learning rate");
    }

    static void check(long step, float[] losses) throws DivergedException {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < losses.length; row++) {
            if (!Float.isFinite(losses[row])) {
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            throw new DivergedException("the loss of step " + step + " is not finite at batch rows " + rows
                    + "; lower the learning rate, or check the data for NaN");
        }
    }
}
