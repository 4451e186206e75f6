package org.ppflow.app.sweep;

import org.ppflow.nn.errors.BadInputException;

/**
 * The values that a coordinate may have: {@code from, from + step, …} up to {@code to}, and between them halves, quarters and so on.
 *
 * @param from smallest value
 * @param to no value is above it; at least {@code from}
 * @param step between the values of a first look, above 0
 * @param halvings how often the step is halved, 0 to {@value #MOST_HALVINGS}
 */
public record ScaleGrid(double from, double to, double step, int halvings) {
    private static final int MOST_HALVINGS = 20;
    private static final int MOST_VALUES = 10_000;

    /** Decimals that a value is rounded to, so that 0.1 three times is 0.3. */
    private static final double DECIMALS = 1e9;

    public ScaleGrid {
        if (!(Double.isFinite(from) && Double.isFinite(to) && from <= to)) {
            throw BadInputException.at("--from " + from + " --to " + to)
                    .found("an interval from " + from + " to " + to)
                    .expected("finite numbers, upwards")
                    .build();
        }
        if (!(step > 0 && Double.isFinite(step) && (to - from) / step < MOST_VALUES)) {
            throw BadInputException.at("--step " + step)
                    .found("a step of " + step + " from " + from + " to " + to)
                    .expected("above 0, and fewer than " + MOST_VALUES + " values")
                    .build();
        }
        if (halvings < 0 || halvings > MOST_HALVINGS) {
            throw BadInputException.at("--halvings " + halvings)
                    .found(String.valueOf(halvings))
                    .expected("0 to " + MOST_HALVINGS)
                    .build();
        }
    }

    /** Units of the finest grid in a step that was halved so often. */
    int stride(int halved) {
        return 1 << (halvings - halved);
    }

    /** Index of the last value on the finest grid; the first has 0. */
    int last() {
        return (int) Math.floor((to - from) / step * stride(0) + 1 / DECIMALS);
    }

    /** Value of an index of the finest grid. */
    double value(int index) {
        return Math.round((from + step * index / stride(0)) * DECIMALS) / DECIMALS;
    }

    /** The last value; below {@code to} where no whole step ends there. */
    public double largest() {
        return value(last());
    }

    /** The first-look value that is nearest to a number. */
    int nearest(double number) {
        long steps = Math.round((number - from) / step);
        return (int) Math.max(0, Math.min(last() / stride(0), steps)) * stride(0);
    }
}
