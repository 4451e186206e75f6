package org.ppflow.flow.pyramid;

import java.util.HashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ppflow.nn.array.FloatArray;

/**
 * A pyramid over Gaussian data of one channel, for which all is known: x of a stage is affine in data and noise, so mean and covariance at any
 * time and the best prediction of dx/dτ, E[dx/dτ | x], are matrices. They are read off {@link PyramidPath#write} column by column.
 */
public final class GaussianPyramid {
    private final PyramidPath path;
    private final int side;
    private final DMatrixRMaj mean;
    private final DMatrixRMaj covariance;
    private final Map<String, Prediction> predictions = new HashMap<>();

    /**
     * Mean and covariance.
     *
     * @param mean column
     * @param covariance square
     */
    public record Moments(DMatrixRMaj mean, DMatrixRMaj covariance) {}

    /** E[dx/dτ | x] = offset + gain·x. */
    public record Prediction(DMatrixRMaj gain, DMatrixRMaj offset) {}

    /** x and dx/dτ as matrices of data and of noise. */
    private record Affine(DMatrixRMaj data, DMatrixRMaj noise, DMatrixRMaj targetData, DMatrixRMaj targetNoise) {}

    /** Smooth pictures of side × side: a slope as the mean, and a correlation that falls with the distance. */
    public GaussianPyramid(PyramidPath path, int side) {
        this.path = path;
        this.side = side;
        int n = side * side;
        this.mean = new DMatrixRMaj(n, 1);
        this.covariance = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            int down = i / side;
            int across = i % side;
            mean.set(i, 0, 0.3 * down - 0.2 * across);
            for (int j = 0; j < n; j++) {
                double distance = Math.hypot((double) down - rowOf(j), (double) across - j % side);
                covariance.set(i, j, 1.5 * Math.exp(-distance / 2));
            }
        }
    }

    /** Of the data. */
    public Moments data() {
        return new Moments(mean, covariance);
    }

    /** Of x at a time of a stage, as it is trained on. */
    public Moments at(int level, double t) {
        Affine affine = affine(level, t);
        return new Moments(
                product(affine.data, mean),
                sum(between(affine.data, covariance, affine.data), between(affine.noise, affine.noise)));
    }

    /** Of what the jump to a stage makes of these, with x and normals independent. */
    public Moments jumped(int level, Moments before) {
        int n = side * side;
        DMatrixRMaj state = new DMatrixRMaj(n, n);
        DMatrixRMaj noise = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            column(state, i, path.jump(level, unit(i), zero()).values());
            column(noise, i, path.jump(level, zero(), unit(i)).values());
        }
        return new Moments(
                product(state, before.mean), sum(between(state, before.covariance, state), between(noise, noise)));
    }

    /** The best prediction of dx/dτ at a time of a stage. */
    public Prediction prediction(int level, double t) {
        return predictions.computeIfAbsent(level + " " + t, missing -> {
            Affine affine = affine(level, t);
            Moments x = at(level, t);
            DMatrixRMaj cross =
                    sum(between(affine.targetData, covariance, affine.data), between(affine.targetNoise, affine.noise));
            // A coarse stage's x is the same over each square: its covariance has no inverse, but a pseudo-inverse.
            DMatrixRMaj inverse = new DMatrixRMaj(side * side, side * side);
            CommonOps_DDRM.pinv(x.covariance, inverse);
            DMatrixRMaj gain = product(cross, inverse);
            DMatrixRMaj offset = product(affine.targetData, mean);
            CommonOps_DDRM.subtract(offset, product(gain, x.mean), offset);
            return new Prediction(gain, offset);
        });
    }

    private int rowOf(int value) {
        return value / side;
    }

    private Affine affine(int level, double t) {
        int n = side * side;
        Affine affine =
                new Affine(new DMatrixRMaj(n, n), new DMatrixRMaj(n, n), new DMatrixRMaj(n, n), new DMatrixRMaj(n, n));
        for (int i = 0; i < n; i++) {
            float[] one = unit(i).values();
            float[] none = new float[n];
            float[] position = new float[n];
            float[] target = new float[n];
            path.write(level, t, one, none, position, target, 0, 1, 1, side, side);
            column(affine.data, i, position);
            column(affine.targetData, i, target);
            path.write(level, t, none, one, position, target, 0, 1, 1, side, side);
            column(affine.noise, i, position);
            column(affine.targetNoise, i, target);
        }
        return affine;
    }

    private FloatArray zero() {
        return FloatArray.zeros(1, 1, side, side);
    }

    private FloatArray unit(int place) {
        FloatArray unit = zero();
        unit.values()[place] = 1;
        return unit;
    }

    private static void column(DMatrixRMaj matrix, int column, float[] values) {
        for (int i = 0; i < values.length; i++) {
            matrix.set(i, column, values[i]);
        }
    }

    private static DMatrixRMaj product(DMatrixRMaj left, DMatrixRMaj right) {
        DMatrixRMaj result = new DMatrixRMaj(left.numRows, right.numCols);
        CommonOps_DDRM.mult(left, right, result);
        return result;
    }

    /** left·rightᵀ. */
    private static DMatrixRMaj between(DMatrixRMaj left, DMatrixRMaj right) {
        DMatrixRMaj result = new DMatrixRMaj(left.numRows, right.numRows);
        CommonOps_DDRM.multTransB(left, right, result);
        return result;
    }

    /** left·middle·rightᵀ. */
    private static DMatrixRMaj between(DMatrixRMaj left, DMatrixRMaj middle, DMatrixRMaj right) {
        return between(product(left, middle), right);
    }

    private static DMatrixRMaj sum(DMatrixRMaj left, DMatrixRMaj right) {
        DMatrixRMaj result = new DMatrixRMaj(left.numRows, left.numCols);
        CommonOps_DDRM.add(left, right, result);
        return result;
    }
}
