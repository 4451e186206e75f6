package org.ppflow.eval.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.eval.linear.Blas.Form;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class LapackTest {
    private final MatrixSpace space = new MatrixSpace();

    @AfterEach
    void free() {
        space.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 131})
    void choleskyFactor_multipliedByItself_givesTheMatrix(int size) {
        Matrix a = positiveDefinite(size, 1);
        double[] before = full(a);

        assertThat(Lapack.cholesky(a)).isTrue();
        a.clearBelowDiagonal();
        Matrix product = space.zeros(size, size);
        Blas.multiply(a, Form.TRANSPOSED, a, Form.PLAIN, 0, product);

        assertThat(product.toArray()).containsExactly(before, within(1e-12 * size));
    }

    @Test
    void cholesky_ofAnIndefiniteMatrix_isRefused() {
        assertThat(Lapack.cholesky(space.copyOf(new double[] {1, 2, 0, 1}, 2, 2)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 131})
    void congruence_isTheProductWithTheFactorOnBothSides(int size) {
        Matrix s = positiveDefinite(size, 1);
        Matrix r = positiveDefinite(size, 2);
        assertThat(Lapack.cholesky(r)).isTrue();
        r.clearBelowDiagonal();
        Matrix half = space.zeros(size, size);
        Matrix expected = space.zeros(size, size);
        Blas.multiply(r, Form.PLAIN, space.copyOf(full(s), size, size), Form.PLAIN, 0, half);
        Blas.multiply(half, Form.PLAIN, r, Form.TRANSPOSED, 0, expected);

        Lapack.congruence(s, r);

        assertThat(full(s)).containsExactly(expected.toArray(), within(1e-11 * size));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void eigenvectors_multiplyByTheirValues(int size) {
        Matrix a = positiveDefinite(size, 3);
        Matrix whole = space.copyOf(full(a), size, size);
        double[] valuesAlone = Lapack.symmetricEigenvalues(space.copyOf(full(a), size, size));

        double[] values = Lapack.symmetricEigenvectors(a);

        // Rows are vectors: V·A = diag(λ)·V.
        Matrix product = space.zeros(size, size);
        Blas.multiply(a, Form.PLAIN, whole, Form.PLAIN, 0, product);
        double[] scaled = a.toArray();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= values[i / size];
        }
        assertThat(product.toArray()).containsExactly(scaled, within(1e-12 * size));
        assertThat(valuesAlone).containsExactly(values, within(1e-12 * size)).isSorted();
    }

    @Test
    void singularValues_areTheSameOfAMatrixAndItsTransposed() {
        Matrix wide = space.copyOf(new double[] {3, 0, 0, 0, 0, -4}, 2, 3);
        Matrix high = space.copyOf(new double[] {3, 0, 0, 0, 0, -4}, 3, 2);

        assertThat(Lapack.singularValues(wide)).containsExactly(new double[] {4, 3}, within(1e-15));
        assertThat(Lapack.singularValues(high)).containsExactly(new double[] {4, 3}, within(1e-15));
    }

    @Test
    void notANumber_isRefusedAndNotComputedWith() {
        assertThatThrownBy(() -> Lapack.symmetricEigenvalues(space.copyOf(new double[] {Double.NaN}, 1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void threads_canBeSet_andLeaveTheResultTheSame() {
        int before = OpenBlas.threads();
        try {
            OpenBlas.setThreads(1);
            assertThat(OpenBlas.threads()).isEqualTo(1);
            double[] one = Lapack.symmetricEigenvalues(positiveDefinite(200, 4));
            OpenBlas.setThreads(2);
            assertThat(Lapack.symmetricEigenvalues(positiveDefinite(200, 4))).containsExactly(one, within(1e-10));
        } finally {
            OpenBlas.setThreads(before);
        }
        assertThatThrownBy(() -> OpenBlas.setThreads(0)).hasMessageContaining("at least 1");
    }

    /** GᵀG of normals with a little more on the diagonal; only the upper triangle is filled. */
    private Matrix positiveDefinite(int size, long seed) {
        double[] normals = new double[size * size];
        RandomStream stream = RandomStream.of(seed, Purpose.TEST, size);
        Arrays.setAll(normals, i -> stream.nextGaussian());
        Matrix a = space.zeros(size, size);
        Blas.gramOfColumns(space.copyOf(normals, size, size), size, a);
        double[] values = a.toArray();
        for (int i = 0; i < size; i++) {
            values[i * size + i] += 1;
        }
        a.set(values);
        return a;
    }

    private static double[] full(Matrix upper) {
        double[] values = upper.toArray();
        int size = upper.rows();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                values[i * size + j] = values[j * size + i];
            }
        }
        return values;
    }
}
