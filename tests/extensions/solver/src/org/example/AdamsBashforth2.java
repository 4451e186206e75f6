package org.example;

import org.ppflow.flow.sampling.OdeSolver;
import org.ppflow.flow.sampling.StepListener;
import org.ppflow.flow.sampling.TimeGrid;
import org.ppflow.flow.sampling.VelocityField;
import org.ppflow.nn.array.FloatArray;

/**
 * Adams–Bashforth of order 2 on any grid: x + h·((1 + r/2)·v − (r/2)·v'), v' the velocity one step before and r the ratio of the two steps. The first step is
 * Heun's. One evaluation a step, where Heun takes two.
 */
public final class AdamsBashforth2 implements OdeSolver {
    @Override
    public String name() {
        return "ab2";
    }

    @Override
    public FloatArray solve(VelocityField field, FloatArray start, TimeGrid grid, StepListener listener) {
        listener.at(0, start);
        double h = grid.point(1) - grid.point(0);
        FloatArray before = field.velocityAt(start, grid.point(0));
        FloatArray ahead = field.velocityAt(plus(start, h, before, 0, before), grid.point(1));
        FloatArray x = plus(start, h / 2, before, h / 2, ahead);
        listener.at(1, x);
        for (int i = 1; i < grid.steps(); i++) {
            double step = grid.point(i + 1) - grid.point(i);
            double r = step / h;
            FloatArray now = field.velocityAt(x, grid.point(i));
            x = plus(x, step * (1 + r / 2), now, -step * r / 2, before);
            listener.at(i + 1, x);
            before = now;
            h = step;
        }
        return x;
    }

    /** x + a·v + b·w, in double, rounded once. */
    private static FloatArray plus(FloatArray x, double a, FloatArray v, double b, FloatArray w) {
        float[] sum = new float[x.values().length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (x.values()[i] + a * v.values()[i] + b * w.values()[i]);
        }
        return new FloatArray(x.shape(), sum);
    }
}
