package org.ppflow.flow.training;

import java.io.IOException;

/** Training was asked to stop, saved a checkpoint and stopped. */
public final class StoppedException extends IOException {
    private static final long serialVersionUID = 1;

    StoppedException(long step) {
        super("asked to stop; step " + step + " is saved, and the same command goes on from there");
    }
}
