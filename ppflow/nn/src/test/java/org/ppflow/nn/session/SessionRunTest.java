package org.ppflow.nn.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ppflow.nn.array.FloatArray;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SessionRunTest {
    @Test
    void valueCopiedIntoLongerMemory_leavesTheRestAlone() {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> rows = tf.placeholder(TFloat32.class);
            Operand<TFloat32> doubled = tf.math.mul(rows, tf.constant(2f));
            float[] target = {9, 9, 9, 9, 9};

            int count = session.run()
                    .feed(rows, new FloatArray(new int[] {3, 1}, new float[] {1, 2, 3}))
                    .fetch(doubled)
                    .executeInto(target);

            assertThat(count).isEqualTo(3);
            assertThat(target).containsExactly(2, 4, 6, 9, 9);
        }
    }

    @Test
    void severalValuesIntoOneMemory_areRefused() {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
            Operand<TFloat32> one = Ops.create(graph).constant(1f);

            assertThatThrownBy(() -> session.run().fetch(one).fetch(one).executeInto(new float[2]))
                    .hasMessageContaining("2 values were asked for, not one");
        }
    }
}
