package org.ppflow.nn.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Known answers: {@code kat_vectors} of the Random123 distribution of Salmon et al., lines {@code philox4x32 10}. */
class PhiloxTest {
    @Test
    void block_ofZeros_equalsThePublishedVector() {
        int[] words = new int[4];

        Philox.block(0, 0, words);

        assertThat(words).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    }

    @Test
    void block_ofOnes_equalsThePublishedVector() {
        int[] words = {-1, -1, -1, -1};

        Philox.block(-1, -1, words);

        assertThat(words).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    }

    @Test
    void block_ofDigitsOfPi_equalsThePublishedVector() {
        int[] words = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};

        Philox.block(0xa4093822, 0x299f31d0, words);

        assertThat(words).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }
}
