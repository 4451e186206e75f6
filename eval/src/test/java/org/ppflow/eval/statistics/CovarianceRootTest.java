package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.ppflow.eval.linear.Blas;
import org.ppflow.eval.linear.Blas.Form;
import org.ppflow.eval.linear.Matrix;
import org.ppflow.eval.linear.MatrixSpace;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;

class CovarianceRootTest {
    private static final int SIZE = 48;
    private static final FloatArray A = RandomFeatures.normal(1, 400, SIZE);
    private static final FloatArray B = RandomFeatures.normal(2, 300, SIZE);

    @Test
    void everyWayToTheTrace_agreesAtFullRank() {
        double[] first = RandomFeatures.statistics(A).covariance();
        double[] second = RandomFeatures.statistics(B).covariance();
        try (MatrixSpace space = new MatrixSpace()) {
            CovarianceFactor upper =
                    CovarianceFactor.cholesky(space, first, SIZE).orElseThrow();
            CovarianceFactor other =
                    CovarianceFactor.cholesky(space, second, SIZE).orElseThrow();
            CovarianceFactor eigen = CovarianceFactor.eigen(space, second, SIZE);
            CovarianceFactor rows = CovarianceFactor.rows(space, new ArrayRows(B));
            double trace = CovarianceRoot.ofFactors(space, upper, other).trace();
            Matrix firstFactor = upper.matrix().orElseThrow();

            assertThat(CovarianceRoot.isTooSteep(firstFactor, other.matrix().orElseThrow()))
                    .isFalse();
            assertThat(CovarianceRoot.fast(firstFactor, space.copyOf(second, SIZE, SIZE))
                            .orElseThrow())
                    .isEqualTo(trace, within(1e-12 * trace));
            assertThat(CovarianceRoot.ofFactors(space, upper, eigen))
                    .satisfies(root -> assertThat(root.trace()).isEqualTo(trace, within(1e-12 * trace)))
                    .satisfies(root -> assertThat(root.secondRank()).isEqualTo(SIZE));
            assertThat(CovarianceRoot.ofFactors(space, rows, upper).trace()).isEqualTo(trace, within(1e-12 * trace));
        }
    }

    @Test
    void steepVariances_areLeftToSingularValues() {
        FloatArray steep = new FloatArray(A.shape(), A.values().clone());
        for (int i = 0; i < steep.values().length; i++) {
            steep.values()[i] *= (float) Math.pow(10, -(i % SIZE) / 6.0);
        }
        double[] covariance = RandomFeatures.statistics(steep).covariance();
        try (MatrixSpace space = new MatrixSpace()) {
            Matrix upper = CovarianceFactor.cholesky(space, covariance, SIZE)
                    .orElseThrow()
                    .matrix()
                    .orElseThrow();

            assertThat(CovarianceRoot.isTooSteep(upper, upper)).isTrue();
            assertThat(CovarianceRoot.fast(upper, space.copyOf(covariance, SIZE, SIZE)))
                    .isEmpty();
        }
    }

    @Test
    void rankOfAnEigenFactor_isTheNumberOfIndependentRows() {
        try (MatrixSpace space = new MatrixSpace()) {
            double[] covariance = RandomFeatures.statistics(A.slice(0, 20)).covariance();

            assertThat(CovarianceFactor.cholesky(space, covariance, SIZE)).isEmpty();
            assertThat(CovarianceFactor.eigen(space, covariance, SIZE).rank()).isEqualTo(19);
            assertThat(CovarianceFactor.rows(space, new ArrayRows(A.slice(0, 20)))
                            .rank())
                    .isEqualTo(19);
            assertThat(CovarianceFactor.eigen(space, new double[SIZE * SIZE], SIZE)
                            .matrix())
                    .isEmpty();
        }
    }

    @Test
    void pivotedFactor_ofFewVectors_isTheirCovarianceAndRank() {
        double[] few = RandomFeatures.statistics(A.slice(0, 20)).covariance();
        double[] many = RandomFeatures.statistics(B).covariance();
        try (MatrixSpace space = new MatrixSpace()) {
            CovarianceFactor pivoted =
                    CovarianceFactor.pivoted(space, few, SIZE).orElseThrow();
            Matrix product = space.zeros(SIZE, SIZE);
            Blas.multiply(
                    pivoted.matrix().orElseThrow(),
                    Form.TRANSPOSED,
                    pivoted.matrix().orElseThrow(),
                    Form.PLAIN,
                    0,
                    product);
            CovarianceFactor upper =
                    CovarianceFactor.cholesky(space, many, SIZE).orElseThrow();
            double byRows = CovarianceRoot.ofFactors(
                            space, upper, CovarianceFactor.rows(space, new ArrayRows(A.slice(0, 20))))
                    .trace();

            assertThat(pivoted.rank()).isEqualTo(19);
            assertThat(product.toArray()).containsExactly(few, within(1e-13));
            assertThat(CovarianceRoot.ofFactors(space, upper, pivoted).trace())
                    .isEqualTo(byRows, within(1e-12 * byRows));
            assertThat(CovarianceRoot.ofFactors(space, pivoted, CovarianceFactor.eigen(space, few, SIZE))
                            .trace())
                    .isEqualTo(RandomFeatures.statistics(A.slice(0, 20)).trace(), within(1e-11));
        }
    }

    @Test
    void pivotedFactor_isEmpty_whereManyDirectionsVaryOrNumbersAreNoCovariance() {
        double[] indefinite = new double[SIZE * SIZE];
        indefinite[0] = 1;
        indefinite[1] = 2;
        indefinite[SIZE] = 2;
        indefinite[SIZE + 1] = 1;
        try (MatrixSpace space = new MatrixSpace()) {
            assertThat(CovarianceFactor.pivoted(
                            space, RandomFeatures.statistics(A).covariance(), SIZE))
                    .isEmpty();
            assertThat(CovarianceFactor.pivoted(space, indefinite, SIZE)).isEmpty();
            assertThat(CovarianceFactor.pivoted(space, new double[SIZE * SIZE], SIZE)
                            .orElseThrow()
                            .rank())
                    .isZero();
        }
    }
}
