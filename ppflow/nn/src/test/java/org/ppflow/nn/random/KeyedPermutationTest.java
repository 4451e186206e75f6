package org.ppflow.nn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedPermutationTest {
    @Test
    void at_isABijection_forEverySizeUpTo300() {
        for (int size = 1; size <= 300; size++) {
            assertBijection(size);
        }
    }

    /** Powers of two, of four, their neighbours, and the sizes of MNIST and of a part of ImageNet. */
    @ParameterizedTest
    @ValueSource(ints = {1023, 1024, 1025, 4095, 4096, 4097, 8000, 10_000, 60_000, 65_536, 65_537})
    void at_isABijection(int size) {
        assertBijection(size);
    }

    /** 2³² and beyond: both halves of the network hold more than 16 bits. */
    @Test
    void at_staysInsideAndDistinct_forHugeSizes() {
        for (long size : new long[] {(1L << 32) + 1, (1L << 47) - 3, Long.MAX_VALUE / 4 + 1}) {
            KeyedPermutation permutation = new KeyedPermutation(size, 1, Purpose.SHUFFLE, 0);
            Set<Long> seen = new HashSet<>();
            for (int position = 0; position < 2000; position++) {
                long element = permutation.at(position);
                assertThat(element).isBetween(0L, size - 1);
                assertThat(seen.add(element)).isTrue();
            }
        }
    }

    @Test
    void at_differsBetweenEpochsSeedsAndPurposes() {
        KeyedPermutation base = new KeyedPermutation(1000, 1, Purpose.SHUFFLE, 0);
        assertThat(fixedAgainst(base, new KeyedPermutation(1000, 1, Purpose.SHUFFLE, 0)))
                .isEqualTo(1000);
        assertThat(fixedAgainst(base, new KeyedPermutation(1000, 1, Purpose.SHUFFLE, 1)))
                .isLessThan(10);
        assertThat(fixedAgainst(base, new KeyedPermutation(1000, 2, Purpose.SHUFFLE, 0)))
                .isLessThan(10);
        assertThat(fixedAgainst(base, new KeyedPermutation(1000, 1, Purpose.EVALUATION_SHUFFLE, 0)))
                .isLessThan(10);
    }

    /** A batch sees the whole file: the mean of each tenth of the positions is the mean of all, within five errors. */
    @Test
    void at_spreadsElementsOverPositions() {
        int size = 8000;
        KeyedPermutation permutation = new KeyedPermutation(size, 3, Purpose.SHUFFLE, 4);
        for (int tenth = 0; tenth < 10; tenth++) {
            double mean = 0;
            for (int i = 0; i < size / 10; i++) {
                mean += permutation.at(tenth * (size / 10) + i) / (size / 10.0);
            }
            assertThat(mean).isCloseTo((size - 1) / 2.0, within(5 * size / Math.sqrt(12.0 * size / 10)));
        }
    }

    @Test
    void constructorAndAt_refuseWhatIsOutside() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyedPermutation(0, 1, Purpose.SHUFFLE, 0))
                .withMessageContaining("size 0");
        KeyedPermutation permutation = new KeyedPermutation(5, 1, Purpose.SHUFFLE, 0);
        assertThatThrownBy(() -> permutation.at(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> permutation.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void assertBijection(int size) {
        KeyedPermutation permutation = new KeyedPermutation(size, 42, Purpose.SHUFFLE, 7);
        BitSet seen = new BitSet(size);
        for (int position = 0; position < size; position++) {
            seen.set((int) permutation.at(position));
        }
        assertThat(seen.cardinality()).as("size %d", size).isEqualTo(size);
        assertThat(seen.length()).as("size %d", size).isEqualTo(size);
    }

    private static int fixedAgainst(KeyedPermutation one, KeyedPermutation other) {
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            same += one.at(i) == other.at(i) ? 1 : 0;
        }
        return same;
    }
}
