package org.ppflow.flow.transport;

/**
 * A quantity of the path as a combination of a state and what a network says of it: {@code state·x + output·f(x, t)}.
 *
 * @param state factor of x_t
 * @param output factor of the network's output
 */
public record Conversion(double state, double output) {
    /** The output itself. */
    static final Conversion SAME = new Conversion(0, 1);

    /** Of one value; a factor of 0 leaves its term out, so that 0·∞ does not arise. */
    public double apply(double x, double f) {
        return state == 0 ? output * f : state * x + output * f;
    }

    /** Whether both factors are finite. */
    public boolean isFinite() {
        return Double.isFinite(state) && Double.isFinite(output);
    }
}
