package org.ppflow.flow.sampling;

import org.ppflow.nn.array.FloatArray;

/**
 * How long a step may be (Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, section II.4), with torchdiffeq's constants.
 *
 * @param absolute tolerance, above 0
 * @param relative tolerance, 0 or above
 * @param tail how many of the last values of a row are judged by a norm of their own, so that they do not drown among the others: 1 where
 *     the log-density goes along, else 0
 */
record StepControl(double absolute, double relative, int tail) {
    /** The published tolerances. */
    static final StepControl DEFAULT = new StepControl(1e-6, 1e-3, 0);

    private static final double SAFETY = 0.9;
    private static final double LONGEST = 10;
    private static final double SHORTEST = 0.2;
    private static final double TINY = 1e-5;
    private static final double FIRST_SHARE = 0.01;

    StepControl {
        if (!(absolute > 0 && relative >= 0 && absolute + relative < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "tolerances: " + absolute + " and " + relative + " must be above 0, and 0 or more");
        }
        if (tail < 0) {
            throw new IllegalArgumentException("tail: " + tail + " must be 0 or more");
        }
    }

    /** Largest root mean square of head and tail of rows [from, to), each value divided by its tolerance. */
    double norm(double[] values, double[] scales, int rowSize) {
        double head = 0;
        double rest = 0;
        for (int i = 0; i < values.length; i++) {
            double ratio = values[i] / scales[i];
            if (i % rowSize < rowSize - tail) {
                head += ratio * ratio;
            } else {
                rest += ratio * ratio;
            }
        }
        int rows = values.length / rowSize;
        double first = Math.sqrt(head / ((double) rows * (rowSize - tail)));
        return tail == 0 ? first : Math.max(first, Math.sqrt(rest / ((double) rows * tail)));
    }

    /** Tolerance of each value of a state: absolute + relative·|x|. */
    double[] scales(FloatArray x) {
        double[] scales = new double[x.values().length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = absolute + relative * Math.abs(x.values()[i]);
        }
        return scales;
    }

    /** Tolerance of each value of a step: absolute + relative·max(|before|, |after|). */
    double[] scales(FloatArray before, FloatArray after) {
        double[] scales = new double[before.values().length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = absolute + relative * Math.max(Math.abs(before.values()[i]), Math.abs(after.values()[i]));
        }
        return scales;
    }

    /** First guess of the first step, from state and slope. */
    double guess(FloatArray x, FloatArray slope) {
        double[] scales = scales(x);
        double size = norm(doubles(x), scales, x.rowSize());
        double rate = norm(doubles(slope), scales, x.rowSize());
        return size < TINY || rate < TINY ? 1e-6 : FIRST_SHARE * size / rate;
    }

    /**
     * The first step.
     *
     * @param guess of {@link #guess}
     * @param ahead slope after an Euler step of that size
     */
    double first(FloatArray x, FloatArray slope, double guess, FloatArray ahead) {
        double[] scales = scales(x);
        double rate = norm(doubles(slope), scales, x.rowSize());
        double[] change = doubles(ahead);
        for (int i = 0; i < change.length; i++) {
            change[i] -= slope.values()[i];
        }
        double bend = norm(change, scales, x.rowSize()) / guess;
        double steepest = Math.max(rate, bend);
        double step = steepest <= 1e-15
                ? Math.max(1e-6, guess * 1e-3)
                : Math.pow(FIRST_SHARE / steepest, 1.0 / DormandPrince.ORDER);
        return Math.min(100 * guess, step);
    }

    /**
     * Factor for the next step.
     *
     * @param error norm of the error over the tolerance; the step is taken where it is at most 1
     */
    static double factor(double error) {
        if (error == 0) {
            return LONGEST;
        }
        double least = error < 1 ? 1 : SHORTEST;
        double wanted = SAFETY * Math.pow(error, -1.0 / DormandPrince.ORDER);
        return Double.isNaN(wanted) ? SHORTEST : Math.min(LONGEST, Math.max(least, wanted));
    }

    static double[] doubles(FloatArray array) {
        double[] values = new double[array.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.values()[i];
        }
        return values;
    }
}
