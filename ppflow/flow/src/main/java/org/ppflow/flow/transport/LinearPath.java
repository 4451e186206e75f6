package org.ppflow.flow.transport;

/**
 * The linear path x_t = t·x1 + (1 − t)·x0 with noise x0 at t = 0 and data x1 at t = 1; its velocity is x1 − x0 (paper eq. 1, 2).
 * Formed at full resolution for every level: levels only change how x_t is cut into tokens.
 */
public final class LinearPath {
    private LinearPath() {}

    /**
     * Writes one row of x_t and of its velocity.
     *
     * @param data x1, values [offset, offset + size)
     * @param noise x0, same range
     * @param t time in [0, 1]
     * @param position x_t, same range, written
     * @param velocity d x_t / dt, same range, written
     */
    public static void at(
            float[] data, float[] noise, double t, float[] position, float[] velocity, int offset, int size) {
        for (int i = offset; i < offset + size; i++) {
            position[i] = (float) (t * data[i] + (1 - t) * noise[i]);
            velocity[i] = data[i] - noise[i];
        }
    }
}
