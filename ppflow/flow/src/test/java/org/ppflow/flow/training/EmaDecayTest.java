package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmaDecayTest {
    @Test
    void warmup_growsToTheDecayAndStaysThere() {
        EmaDecay decay = EmaDecay.warmup(0.99);
        assertThat(decay.at(1)).isEqualTo(0.1);
        assertThat(decay.at(10)).isEqualTo(10 / 19.0);
        // s / (s + 9) reaches 0.99 at s = 891.
        assertThat(decay.at(890)).isLessThan(0.99);
        assertThat(decay.at(891)).isEqualTo(0.99);
        assertThat(decay.at(1_000_000)).isEqualTo(0.99);
    }

    @Test
    void constant_isTheSameAtEveryStep() {
        assertThat(EmaDecay.constant(0.9999).at(1)).isEqualTo(0.9999);
        assertThat(EmaDecay.constant(0.9999).at(7_000_000)).isEqualTo(0.9999);
    }
}
