package org.ppflow.flow.pyramid;

/**
 * A stage of a pyramid: a straight line in x, on latents of one size, while t goes from start to end. The noise of x at t has the
 * deviation 1 − t. The times of two stages overlap where noise is added between them, since x then goes back in t.
 *
 * <p>The network predicts dx/dτ, where τ goes from 0 to 1 over the stage: the difference between the stage's end points. dx/dt is that over the
 * stage's {@link #length}: 2 times it in [0, 1/2] and [1/2, 1], 3/2 times it in [1/3, 1].
 *
 * @param reduction pixels of the latent, either way, that are averaged into one of the stage's
 * @param start t of its first point, in [0, 1)
 * @param end t of its last point, in (start, 1]
 */
public record Stage(int reduction, double start, double end) {
    public Stage {
        if (reduction < 1) {
            throw new IllegalArgumentException("reduction: " + reduction + " must be at least 1");
        }
        if (!(start >= 0 && start < end && end <= 1)) {
            throw new IllegalArgumentException("stage: " + start + " to " + end + " must go upwards inside [0, 1]");
        }
    }

    /** dt/dτ. */
    public double length() {
        return end - start;
    }

    /** τ, 0 at the start and 1 at the end. */
    public double local(double t) {
        return (t - start) / length();
    }

    /** The t of a τ in [0, 1]; both ends exactly. */
    public double time(double local) {
        return local == 1 ? end : start + local * length();
    }
}
