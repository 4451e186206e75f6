package org.ppflow.app.figure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Where the values of an axis lie on it.
 *
 * @param low value at its beginning
 * @param high value at its end, above low
 * @param log whether equal ratios are equal lengths
 */
record Scale(double low, double high, boolean log) {
    private static final double MARGIN = 0.08;
    private static final int MOST_TICKS = 6;
    private static final int[][] LOG_TICKS = {{1}, {1, 3}, {1, 2, 5}, {1, 2, 3, 4, 5, 6, 7, 8, 9}};
    private static final int FEWEST_TICKS = 3;
    private static final int[] STEPS = {1, 2, 5};

    Scale {
        if (!(low < high) || !Double.isFinite(high - low) || (log && low <= 0)) {
            throw new IllegalArgumentException(
                    "axis: from " + low + " to " + high + (log ? ", logarithmic," : "") + " is no range");
        }
    }

    /** @param text as it is printed */
    record Tick(double value, String text) {}

    /** A scale with some room on both sides of values. */
    static Scale around(Collection<Double> values, boolean log) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (log) {
            double room = low == high ? 2 : StrictMath.pow(high / low, MARGIN);
            return new Scale(low / room, high * room, true);
        }
        double room = low == high ? Math.max(Math.abs(low) * MARGIN, MARGIN) : (high - low) * MARGIN;
        return new Scale(low - room, high + room, false);
    }

    /** Place of a value, 0 to 1 within the range. */
    double position(double value) {
        return log ? StrictMath.log(value / low) / StrictMath.log(high / low) : (value - low) / (high - low);
    }

    /** Round values to mark, at most about six. */
    List<Tick> ticks() {
        if (log) {
            for (int[] digits : LOG_TICKS) {
                List<Tick> ticks = logarithmic(digits);
                if (ticks.size() >= FEWEST_TICKS) {
                    return ticks;
                }
            }
        }
        return linear();
    }

    private List<Tick> logarithmic(int[] digits) {
        List<Tick> ticks = new ArrayList<>();
        for (int power = exponent(low); power <= exponent(high); power++) {
            for (int digit : digits) {
                add(BigDecimal.valueOf(digit).scaleByPowerOfTen(power), ticks);
            }
        }
        return ticks;
    }

    private List<Tick> linear() {
        for (int power = exponent(high - low) - 1; ; power++) {
            for (int digit : STEPS) {
                BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
                long first = (long) Math.ceil(low / step.doubleValue());
                long last = (long) Math.floor(high / step.doubleValue());
                if (last - first < MOST_TICKS) {
                    List<Tick> ticks = new ArrayList<>();
                    for (long i = first; i <= last; i++) {
                        add(step.multiply(BigDecimal.valueOf(i)), ticks);
                    }
                    return ticks;
                }
            }
        }
    }

    private void add(BigDecimal value, List<Tick> ticks) {
        if (value.doubleValue() >= low && value.doubleValue() <= high) {
            ticks.add(new Tick(value.doubleValue(), value.toPlainString().replace('-', '−')));
        }
    }

    private static int exponent(double value) {
        return (int) Math.floor(StrictMath.log10(value));
    }
}
