package org.ppflow.flow.training;

import java.io.IOException;

/** A loss, a gradient or a weight is NaN or infinite: training cannot go on. The newest checkpoint is from before. */
public final class DivergedException extends IOException {
    private static final long serialVersionUID = 1L;

    DivergedException(String message) {
        super(message);
    }

    /** A weight that a step left. */
    static DivergedException weight(long step, String file, String name) {
        return new DivergedException("after step " + step + " " + name + " of " + file
                + " is not finite, so no checkpoint of this step is kept; lower the learning rate");
    }
}
