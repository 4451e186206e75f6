package org.ppflow.eval.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.linear.Blas.Form;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class BlasTest {
    private final MatrixSpace space = new MatrixSpace();
    private final Matrix a = space.copyOf(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

    @AfterEach
    void free() {
        space.close();
    }

    @Test
    void products_ofEachForm_areThoseByHand() {
        Matrix rows = space.zeros(2, 2);
        Blas.multiply(a, Form.PLAIN, a, Form.TRANSPOSED, 0, rows);
        assertThat(rows.toArray()).containsExactly(14, 32, 32, 77);

        Matrix columns = space.zeros(3, 3);
        Blas.multiply(a, Form.TRANSPOSED, a, Form.PLAIN, 0, columns);
        assertThat(columns.toArray()).containsExactly(17, 22, 27, 22, 29, 36, 27, 36, 45);
    }

    @Test
    void multiply_withBetaOne_addsToWhatIsThere() {
        Matrix target = space.copyOf(new double[] {1, 1, 1, 1}, 2, 2);

        Blas.multiply(a, Form.PLAIN, a, Form.TRANSPOSED, 1, target);

        assertThat(target.toArray()).containsExactly(15, 33, 33, 78);
    }

    @Test
    void grams_fillTheUpperTriangle() {
        Matrix columns = space.zeros(3, 3);
        Blas.gramOfColumns(a, 1, columns);
        assertThat(columns.toArray()).containsExactly(1, 2, 3, 0, 4, 6, 0, 0, 9);

        Matrix rows = space.zeros(2, 2);
        Blas.gramOfRows(a, rows);
        assertThat(rows.toArray()).containsExactly(14, 32, 0, 77);
    }

    @Test
    void shapesThatDoNotFit_areRefused() {
        assertThatThrownBy(() -> Blas.multiply(a, Form.PLAIN, a, Form.PLAIN, 0, space.zeros(2, 2)))
                .hasMessageContaining("have no product");
        assertThatThrownBy(() -> Blas.gramOfRows(a, space.zeros(3, 3))).hasMessageContaining("expected 2 x 2");
        assertThatThrownBy(() -> Blas.dot(new float[2], new float[3])).hasMessageContaining("2 and 3");
    }

    @Test
    void closedSpace_refusesItsMatrices() {
        space.close();

        assertThatThrownBy(a::toArray).hasMessageContaining("is closed");
        assertThatThrownBy(() -> Blas.gramOfRows(a, a)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void tensorFlow_runsBeforeAndAfterInTheSameProcess() {
        assertThat(tensorFlowProduct()).isEqualTo(77);
        products_ofEachForm_areThoseByHand();
        assertThat(tensorFlowProduct()).isEqualTo(77);
    }

    private static double tensorFlowProduct() {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            var row = tf.constant(new double[][] {{4, 5, 6}});
            var product = tf.linalg.matMul(row, tf.linalg.transpose(row, tf.constant(new int[] {1, 0})));
            try (Tensor result = session.runner().fetch(product).run().get(0)) {
                return ((TFloat64) result).getDouble(0, 0);
            }
        }
    }
}
