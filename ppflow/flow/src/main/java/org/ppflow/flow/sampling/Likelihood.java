package org.ppflow.flow.sampling;

import java.util.List;
import java.util.Locale;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * Log-likelihood of latents by the instantaneous change of variables (Chen et al. 2018): ln p(x1) = ln N(x0; 0, I) − ∫ div v dt along
 * the ODE from data to noise, the divergence estimated as e^T·(∂v/∂x)·e with one fixed probe e a row (Hutchinson; FFJORD). The estimate has no
 * bias; its spread falls with the number of probes.
 *
 * @param solver of the ODE
 * @param grid from data (t = 1) to noise
 */
public record Likelihood(OdeSolver solver, TimeGrid grid) {
    /** Distribution of the probe's values, all of mean 0 and variance 1. */
    public enum Probe {
        /** −1 or 1, each half of the time: no spread where ∂v/∂x is diagonal. */
        RADEMACHER,
        /** Standard normal. */
        GAUSSIAN;

        /** The probe of a row: a function of seed, index and number. */
        public void fill(long seed, long index, int number, FloatArray target, int row) {
            RandomStream stream = RandomStream.of(seed, Purpose.LIKELIHOOD_PROBE, index, number);
            int size = target.rowSize();
            if (this == GAUSSIAN) {
                stream.fillGaussian(target.values(), row * size, (row + 1) * size);
                return;
            }
            for (int i = row * size; i < (row + 1) * size; i++) {
                target.values()[i] = stream.nextDouble() < 0.5 ? -1 : 1;
            }
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is known of each row.
     *
     * @param logProbability ln p(x1) in nats
     * @param divergence ∫ div v dt in nats
     * @param prior ln N(x0; 0, I) in nats
     * @param noise x0, where the row ends
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Estimate(double[] logProbability, double[] divergence, double[] prior, FloatArray noise) {
        /** −ln p/(D·ln 2) of a row: bits a value of the latent, as the model sees it. */
        public double bitsPerDimension(int row) {
            return -logProbability[row] / (noise.rowSize() * Math.log(2));
        }
    }

    public Likelihood {
        if (grid.point(0) < grid.end()) {
            throw new IllegalArgumentException(
                    "a likelihood goes from data to noise, not from " + grid.point(0) + " to " + grid.end());
        }
        if (solver instanceof Dopri5 adaptive) {
            solver = new Dopri5(withDensityApart(adaptive.control()));
        } else if (solver instanceof TorchdiffeqDopri5 adaptive) {
            solver = new TorchdiffeqDopri5(withDensityApart(adaptive.control()));
        }
    }

    /**
     * Estimates.
     *
     * @param field velocity and divergence
     * @param data x1, [N, C, H, W]
     * @param probe e, same shape
     */
    public Estimate of(NetworkField field, FloatArray data, FloatArray probe) {
        FloatArray end = solver.solve(new Augmented(field, probe, data.shape()), withDensity(data), grid);
        int rows = data.rows();
        int size = data.rowSize();
        FloatArray noise = FloatArray.zeros(data.shape());
        double[] divergence = new double[rows];
        double[] prior = new double[rows];
        double[] total = new double[rows];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(end.values(), row * (size + 1), noise.values(), row * size, size);
            divergence[row] = end.values()[row * (size + 1) + size];
            double squares = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                squares += (double) noise.values()[i] * noise.values()[i];
            }
            prior[row] = -(size * Math.log(2 * Math.PI) + squares) / 2;
            total[row] = prior[row] - divergence[row];
        }
        return new Estimate(total, divergence, prior, noise);
    }

    private static StepControl withDensityApart(StepControl control) {
        return new StepControl(control.absolute(), control.relative(), 1);
    }

    /** (N, C, H, W) -> (N, C·H·W + 1), the last value 0. */
    private static FloatArray withDensity(FloatArray x) {
        int size = x.rowSize();
        FloatArray wider = FloatArray.zeros(x.rows(), size + 1);
        for (int row = 0; row < x.rows(); row++) {
            System.arraycopy(x.values(), row * size, wider.values(), row * (size + 1), size);
        }
        return wider;
    }

    /** State and the integral of the divergence, which grows as time falls. */
    private record Augmented(NetworkField field, FloatArray probe, List<Integer> shape) implements VelocityField {
        Augmented(NetworkField field, FloatArray probe, int... shape) {
            this(field, probe, java.util.Arrays.stream(shape).boxed().toList());
        }

        @Override
        public FloatArray velocity(FloatArray wide, double... t) {
            FloatArray x = FloatArray.zeros(withRows(t.length));
            int size = x.rowSize();
            for (int row = 0; row < t.length; row++) {
                System.arraycopy(wide.values(), row * (size + 1), x.values(), row * size, size);
            }
            NetworkField.Divergence result = field.divergence(x, t, probe);
            FloatArray slopes = FloatArray.zeros(wide.shape());
            for (int row = 0; row < t.length; row++) {
                System.arraycopy(result.velocity().values(), row * size, slopes.values(), row * (size + 1), size);
                slopes.values()[row * (size + 1) + size] = (float) -result.divergence()[row];
            }
            return slopes;
        }

        @Override
        public VelocityField ofRows(int... rows) {
            FloatArray some = FloatArray.zeros(withRows(rows.length));
            int size = probe.rowSize();
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(probe.values(), rows[i] * size, some.values(), i * size, size);
            }
            return new Augmented(field.ofRows(rows), some, shape);
        }

        private int[] withRows(int rows) {
            int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
            lengths[0] = rows;
            return lengths;
        }
    }
}
