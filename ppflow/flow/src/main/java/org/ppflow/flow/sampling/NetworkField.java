package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.flow.sampling.LevelNetworks.Differentiated;
import org.ppflow.flow.transport.Conversion;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;

/**
 * What solvers see of guided networks: velocity, score and divergence, whatever the networks predict. Each row goes through the level of
 * its own time.
 *
 * @param networks the levels and their guidance
 * @param transport path, and what the networks predict on it
 * @param labels class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NetworkField(GuidedNetworks networks, Transport transport, int[] labels) implements FlowField {
    @Override
    public FloatArray velocity(FloatArray x, double... t) {
        FloatArray output = networks.output(x, t, labels);
        if (transport.prediction() == Prediction.VELOCITY) {
            return output;
        }
        float[] velocity = new float[output.values().length];
        for (int row = 0; row < t.length; row++) {
            convert(transport.prediction().toVelocity(point(t[row])), x, output, row, velocity);
        }
        return new FloatArray(x.shape(), velocity);
    }

    /**
     * dx/dt in a stage of a pyramid.
     *
     * @param length of the stage in t
     */
    VelocityField ofStage(int level, double length) {
        return new StageField(networks.ofLevel(level), length, labels);
    }

    @Override
    public NetworkField ofRows(int... rows) {
        return new NetworkField(
                networks, transport, Arrays.stream(rows).map(row -> labels[row]).toArray());
    }

    /** One run of the networks gives both. */
    @Override
    public Flow flow(FloatArray x, double t) {
        double[] times = new double[labels.length];
        Arrays.fill(times, t);
        FloatArray output = networks.output(x, times, labels);
        float[] velocity = new float[output.values().length];
        float[] score = new float[output.values().length];
        PathPoint point = point(t);
        for (int row = 0; row < labels.length; row++) {
            convert(transport.prediction().toVelocity(point), x, output, row, velocity);
            convert(transport.prediction().toScore(point), x, output, row, score);
        }
        return new Flow(new FloatArray(x.shape(), velocity), new FloatArray(x.shape(), score));
    }

    /**
     * Velocity and Hutchinson's estimate of its divergence, e^T·(∂v/∂x)·e, of each row, in one run of the networks.
     *
     * @param probe e, same shape as x: independent values of mean 0 and variance 1
     */
    Divergence divergence(FloatArray x, double[] t, FloatArray probe) {
        Differentiated result = networks.differentiate(x, t, labels, probe);
        float[] velocity = new float[x.values().length];
        double[] divergence = new double[t.length];
        int size = x.rowSize();
        for (int row = 0; row < t.length; row++) {
            Conversion conversion = transport.prediction().toVelocity(point(t[row]));
            convert(conversion, x, result.output(), row, velocity);
            for (int i = row * size; i < (row + 1) * size; i++) {
                double e = probe.values()[i];
                divergence[row] += e * conversion.apply(e, result.product().values()[i]);
            }
        }
        return new Divergence(new FloatArray(x.shape(), velocity), divergence);
    }

    private PathPoint point(double t) {
        return transport.path().at(t);
    }

    private static void convert(Conversion conversion, FloatArray x, FloatArray output, int row, float[] target) {
        int size = x.rowSize();
        for (int i = row * size; i < (row + 1) * size; i++) {
            target[i] = (float) conversion.apply(x.values()[i], output.values()[i]);
        }
    }

    /** Velocity [N, …] and estimated divergence of each row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Divergence(FloatArray velocity, double[] divergence) {}
}
