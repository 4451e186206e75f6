package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.ppflow.eval.linear.Blas;
import org.ppflow.eval.linear.Blas.Form;
import org.ppflow.eval.linear.Matrix;
import org.ppflow.eval.linear.MatrixSpace;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;

/**
 * Kernel distance (Bińkowski et al. 2018), the KID where features come from Inception: the unbiased squared maximum mean
 * discrepancy under the kernel (x·y/F + 1)³, mean over random subsets of both sets. Unlike a Fréchet distance its expectation
 * does not hang on the number of pictures; it may be below 0.
 *
 * @param mean over subsets
 * @param standardDeviation over subsets, divided by their number, as torch-fidelity prints it
 * @param subsets number of subsets S
 * @param subsetSize pictures of each set in a subset, m
 * @param smallerCount pictures of the smaller set, n
 */
public record KernelDistance(double mean, double standardDeviation, int subsets, int subsetSize, int smallerCount) {
    /**
     * Which subsets are taken.
     *
     * @param subsets at least 1
     * @param subsetSize at least 2
     * @param seed of the choice
     */
    public record Options(int subsets, int subsetSize, long seed) {
        /** 100 subsets of 1000, as torch-fidelity and clean-fid have it. */
        public static final Options USUAL = new Options(100, 1000, 0);

        public Options {
            if (subsets < 1 || subsetSize < 2) {
                throw new IllegalArgumentException(subsets + " subsets of " + subsetSize + " pictures");
            }
        }

        /** The usual subsets, or, where a set is too small for them, of half the smaller set. */
        public static Options fitting(int firstCount, int secondCount) {
            int smaller = Math.min(firstCount, secondCount);
            return smaller > USUAL.subsetSize
                    ? USUAL
                    : new Options(USUAL.subsets, Math.max(2, smaller / 2), USUAL.seed);
        }
    }

    /**
     * The distance between two sets. Subsets are chosen by keys made from the pictures' content, so the order of rows matters
     * in the last bits only.
     *
     * <p>Memory: four matrices of m doubles squared or m × F, 56 MB at 2048 features. Time: 8m²F floating-point operations a
     * subset, on two cores about 10 s for 100 subsets of 1000 at 2048 features.
     *
     * @param reference [N, F]
     * @param referenceKeys one for each row
     * @param samples [M, F]
     * @param sampleKeys one for each row
     */
    public static KernelDistance between(
            FeatureRows reference, long[] referenceKeys, FeatureRows samples, long[] sampleKeys, Options options) {
        int size = reference.size();
        int m = options.subsetSize;
        int smaller = Math.min(reference.count(), samples.count());
        if (samples.size() != size) {
            throw new IllegalArgumentException(
                    "features of " + size + " and " + samples.size() + " values have no distance");
        }
        if (m > smaller) {
            throw new IllegalArgumentException("subsets of " + m + " pictures of a set of " + smaller);
        }
        double[] distances = new double[options.subsets];
        try (MatrixSpace space = new MatrixSpace()) {
            Subset first = new Subset(space, reference, referenceKeys, options, 0);
            Subset second = new Subset(space, samples, sampleKeys, options, 1);
            Matrix products = space.zeros(m, m);
            for (int subset = 0; subset < distances.length; subset++) {
                first.choose(subset);
                second.choose(subset);
                // (m, F)·(F, m) -> (m, m)
                Blas.gramOfRows(first.rows, products);
                double within = sumOfPairs(products, size);
                Blas.gramOfRows(second.rows, products);
                within += sumOfPairs(products, size);
                Blas.multiply(first.rows, Form.PLAIN, second.rows, Form.TRANSPOSED, 0, products);
                distances[subset] =
                        2 * within / ((double) m * (m - 1)) - 2 * sumOfAll(products, size) / ((double) m * m);
            }
        }
        double mean = Arrays.stream(distances).average().orElseThrow();
        double variance = Arrays.stream(distances)
                .map(distance -> (distance - mean) * (distance - mean))
                .average()
                .orElseThrow();
        return new KernelDistance(mean, Math.sqrt(variance), options.subsets, m, smaller);
    }

    /**
     * An estimate of how far other pictures of the same two distributions would move the mean, σ·√(1/S + m/n) with σ the
     * deviation of one subset, corrected for subsets sharing pictures: subsets of n pictures can be many, and are no surer than
     * all n together. Empty where each subset holds all of a set, which tells nothing, or there is one subset.
     */
    public OptionalDouble standardError() {
        double share = (double) subsetSize / smallerCount;
        if (share >= 1 || subsets < 2) {
            return OptionalDouble.empty();
        }
        double varianceOfOne = standardDeviation * standardDeviation * subsets / (subsets - 1) / (1 - share);
        return OptionalDouble.of(Math.sqrt(varianceOfOne * (1.0 / subsets + share)));
    }

    /** Σ over i &lt; j of the kernel. */
    private static double sumOfPairs(Matrix products, int size) {
        double[] row = new double[products.columns()];
        double sum = 0;
        for (int i = 0; i < products.rows(); i++) {
            products.getRow(i, row);
            for (int j = i + 1; j < row.length; j++) {
                sum += kernel(row[j], size);
            }
        }
        return sum;
    }

    private static double sumOfAll(Matrix products, int size) {
        double[] row = new double[products.columns()];
        double sum = 0;
        for (int i = 0; i < products.rows(); i++) {
            products.getRow(i, row);
            for (double product : row) {
                sum += kernel(product, size);
            }
        }
        return sum;
    }

    private static double kernel(double product, int size) {
        double base = product / size + 1;
        return base * base * base;
    }

    /** Chosen rows of one set. */
    private static final class Subset {
        private final FeatureRows set;
        private final int[] order;
        private final Options options;
        private final int side;
        private final Matrix rows;

        Subset(MatrixSpace space, FeatureRows set, long[] keys, Options options, int side) {
            if (keys.length != set.count()) {
                throw new IllegalArgumentException(set.count() + " rows and " + keys.length + " keys");
            }
            this.set = set;
            this.order = KeyOrder.of(keys);
            this.options = options;
            this.side = side;
            this.rows = space.zeros(options.subsetSize, set.size());
        }

        void choose(int subset) {
            KeyedPermutation permutation =
                    new KeyedPermutation(order.length, options.seed, Purpose.KERNEL_SUBSET, 2L * subset + side);
            int[] chosen = new int[options.subsetSize];
            Arrays.setAll(chosen, i -> order[(int) permutation.at(i)]);
            // In the order of the file, which is kinder to a disk.
            Arrays.sort(chosen);
            float[] values = new float[set.size()];
            double[] widened = new double[set.size()];
            for (int row = 0; row < chosen.length; row++) {
                set.read(chosen[row], 1, values, 0);
                Arrays.setAll(widened, i -> values[i]);
                rows.setRow(row, widened);
            }
        }
    }
}
