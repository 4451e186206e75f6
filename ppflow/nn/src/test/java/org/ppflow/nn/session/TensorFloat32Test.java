package org.ppflow.nn.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class TensorFloat32Test {
    @Test
    void off_holdsUntilTheLastHolderCloses() {
        assumeTrue(TensorFloat32.isKnown(), "this system's TensorFlow has no switch");
        assertThat(TensorFloat32.isOn()).as("TensorFlow's default").isTrue();
        TensorFloat32 first = TensorFloat32.off();
        try (TensorFloat32 second = TensorFloat32.off()) {
            assertThat(TensorFloat32.isOn()).isFalse();
            first.close();
            first.close(); // the second time does nothing
            assertThat(TensorFloat32.isOn()).isFalse();
            assertThat(second).isNotSameAs(first);
        }
        assertThat(TensorFloat32.isOn()).isTrue();
    }
}
