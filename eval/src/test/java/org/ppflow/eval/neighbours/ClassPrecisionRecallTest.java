package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassPrecisionRecallTest {
    @Test
    void countsByClass_addUpToTheWhole() {
        List<ClassPrecisionRecall> classes = ClassPrecisionRecall.byClass(
                new boolean[] {true, false, true, true},
                new int[] {7, 7, 2, 9},
                new boolean[] {false, true, true},
                new int[] {7, 2, 2});

        assertThat(classes)
                .containsExactly(
                        new ClassPrecisionRecall(2, 1, 1, 2, 2),
                        new ClassPrecisionRecall(7, 2, 1, 1, 0),
                        new ClassPrecisionRecall(9, 1, 1, 0, 0));
        assertThat(classes.get(1).precision()).isEqualTo(0.5);
        assertThat(classes.get(1).recall()).isZero();
        assertThat(classes.get(2).recall()).isNaN();
    }

    @Test
    void referenceWithoutLabels_leavesRecallOpen() {
        List<ClassPrecisionRecall> classes = ClassPrecisionRecall.byClass(
                new boolean[] {true, false}, new int[] {1, 1}, new boolean[] {true}, new int[0]);

        assertThat(classes).containsExactly(new ClassPrecisionRecall(1, 2, 1, 0, 0));
    }

    @Test
    void labelsOfAnotherNumberThanRows_areRejected() {
        assertThatThrownBy(() ->
                        ClassPrecisionRecall.byClass(new boolean[2], new int[] {1}, new boolean[1], new int[] {1}))
                .hasMessageContaining("1 labels for 2 samples");
    }
}
