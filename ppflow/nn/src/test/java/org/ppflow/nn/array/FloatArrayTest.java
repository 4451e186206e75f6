package org.ppflow.nn.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FloatArrayTest {
    @Test
    void constructor_refusesAShapeThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FloatArray(new int[] {2, 3}, new float[5]))
                .withMessageContaining("[2, 3] needs 6 values, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FloatArray(new int[] {-1, -1}, new float[1]))
                .withMessageContaining("axis length -1");
    }

    @Test
    void size_isTheProductOfAxes_andNeverWrapsAround() {
        assertThat(FloatArray.size()).isEqualTo(1);
        assertThat(FloatArray.size(3, 0, 5)).isZero();
        assertThat(FloatArray.size(65_536, 65_536)).isEqualTo(1L << 32);
        assertThatThrownBy(() -> FloatArray.size(Integer.MAX_VALUE, Integer.MAX_VALUE, 4))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void slice_copiesWholeRows() {
        FloatArray array = new FloatArray(new int[] {3, 2}, new float[] {0, 1, 10, 11, 20, 21});

        FloatArray rows = array.slice(1, 3);

        assertThat(rows).isEqualTo(new FloatArray(new int[] {2, 2}, new float[] {10, 11, 20, 21}));
        rows.values()[0] = 99;
        assertThat(array.values()[2]).isEqualTo(10);
        assertThat(array.slice(1, 1)).isEqualTo(FloatArray.zeros(0, 2));
        assertThat(array.rows()).isEqualTo(3);
        assertThat(array.rowSize()).isEqualTo(2);
    }

    @Test
    void reshaped_keepsTheValues_andRefusesAnotherSize() {
        FloatArray array = FloatArray.vector(1, 2, 3, 4);

        assertThat(array.reshaped(2, 2).shape()).containsExactly(2, 2);
        assertThat(array.reshaped(2, 2).values()).isSameAs(array.values());
        assertThatIllegalArgumentException().isThrownBy(() -> array.reshaped(3));
    }

    @Test
    void equals_comparesShapeAndValues() {
        FloatArray array = FloatArray.vector(1, 2);

        assertThat(array)
                .isEqualTo(FloatArray.vector(1, 2))
                .hasSameHashCodeAs(FloatArray.vector(1, 2))
                .isNotEqualTo(array.reshaped(1, 2))
                .isNotEqualTo(FloatArray.vector(1, 3))
                .hasToString("FloatArray[2]");
    }
}
