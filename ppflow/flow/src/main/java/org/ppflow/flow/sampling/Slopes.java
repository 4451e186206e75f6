package org.ppflow.flow.sampling;

import java.util.List;
import org.ppflow.nn.array.FloatArray;

/** Sums of a state and weighted slopes, formed in double and rounded once. */
final class Slopes {
    private Slopes() {}

    /** x + h·Σ factor_i·slope_i; x itself where there are no factors. */
    static FloatArray plus(FloatArray x, double h, List<Double> factors, List<FloatArray> slopes) {
        double[] steps = new double[x.rows()];
        java.util.Arrays.fill(steps, h);
        return plus(x, steps, factors, slopes);
    }

    /** The same with a step for each row. */
    static FloatArray plus(FloatArray x, double[] steps, List<Double> factors, List<FloatArray> slopes) {
        if (factors.isEmpty()) {
            return x;
        }
        float[] sum = new float[x.values().length];
        double[] row = new double[x.rowSize()];
        for (int r = 0; r < steps.length; r++) {
            int start = r * row.length;
            java.util.Arrays.fill(row, 0);
            for (int s = 0; s < factors.size(); s++) {
                double factor = factors.get(s);
                if (factor != 0) {
                    add(row, factor, slopes.get(s).values(), start);
                }
            }
            for (int i = 0; i < row.length; i++) {
                sum[start + i] = (float) (x.values()[start + i] + steps[r] * row[i]);
            }
        }
        return new FloatArray(x.shape(), sum);
    }

    private static void add(double[] row, double factor, float[] slope, int start) {
        for (int i = 0; i < row.length; i++) {
            row[i] += factor * slope[start + i];
        }
    }
}
