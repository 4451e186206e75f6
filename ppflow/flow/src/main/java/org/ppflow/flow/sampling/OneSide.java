package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/**
 * A field on its own side of the boundaries at the ends of a stretch: asked at a boundary or beyond it, it answers for the nearest time inside, whichever of the two levels
 * has the boundary itself. The velocity jumps there, and a step that sees the other side has an error of the jump times its length.
 *
 * @param field of all times
 * @param low first time that it is asked at
 * @param high last one
 */
record OneSide(VelocityField field, double low, double high) implements VelocityField {
    /**
     * A field for the stretch from one time to another, backwards too.
     *
     * @param leaves whether a boundary lies where the stretch begins
     * @param reaches whether one lies where it ends
     */
    static OneSide of(VelocityField field, double from, double to, boolean leaves, boolean reaches) {
        double first = leaves ? Math.nextAfter(from, to) : from;
        double last = reaches ? Math.nextAfter(to, from) : to;
        return new OneSide(field, Math.min(first, last), Math.max(first, last));
    }

    @Override
    public FloatArray velocity(FloatArray x, double... t) {
        return field.velocity(
                x,
                Arrays.stream(t)
                        .map(time -> Math.max(low, Math.min(high, time)))
                        .toArray());
    }

    @Override
    public VelocityField ofRows(int... rows) {
        return new OneSide(field.ofRows(rows), low, high);
    }
}
