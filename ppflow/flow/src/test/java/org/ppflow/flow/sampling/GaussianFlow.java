package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.nn.array.FloatArray;

/**
 * The exact flow of Gaussian data: x_t ~ N(α·mean, α²·spread² + σ²) for every value, so velocity and score are known.
 *
 * @param path from noise to data
 * @param mean of the data
 * @param spread standard deviation of the data
 */
record GaussianFlow(ProbabilityPath path, double mean, double spread) implements FlowField, LevelNetworks {
    double mean(double t) {
        return path.at(t).alpha() * mean;
    }

    double variance(double t) {
        PathPoint point = path.at(t);
        return point.alpha() * point.alpha() * spread * spread + point.sigma() * point.sigma();
    }

    double velocitySlope(double t) {
        PathPoint point = path.at(t);
        return (point.alpha() * point.dAlpha() * spread * spread + point.sigma() * point.dSigma()) / variance(t);
    }

    double velocity(double x, double t) {
        return path.at(t).dAlpha() * mean + velocitySlope(t) * (x - mean(t));
    }

    double score(double x, double t) {
        return -(x - mean(t)) / variance(t);
    }

    @Override
    public FloatArray velocity(FloatArray x, double... t) {
        FloatArray velocity = FloatArray.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            velocity.values()[i] = (float) velocity(x.values()[i], t[i / x.rowSize()]);
        }
        return velocity;
    }

    @Override
    public Flow flow(FloatArray x, double t) {
        double[] times = new double[x.rows()];
        Arrays.fill(times, t);
        FloatArray score = FloatArray.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            score.values()[i] = (float) score(x.values()[i], t);
        }
        return new Flow(velocity(x, times), score);
    }

    @Override
    public LevelSchedule schedule() {
        return LevelSchedule.PPF_2;
    }

    @Override
    public FloatArray output(int level, FloatArray x, float[] times, int[] labels) {
        double[] t = new double[times.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = times[i];
        }
        return velocity(x, t);
    }

    @Override
    public Differentiated differentiate(int level, FloatArray x, float[] times, int[] labels, FloatArray cotangent) {
        FloatArray product = FloatArray.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            product.values()[i] =
                    (float) (velocitySlope(times[i / x.rowSize()]) * cotangent.values()[i]);
        }
        return new Differentiated(output(level, x, times, labels), product);
    }

    @Override
    public int nullClass() {
        return 0;
    }
}
