package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldoutTest {
    /** Counts and positions are formulas: they must say what contains() says row by row. */
    @ParameterizedTest
    @CsvSource({"5, 4, 10000", "5, 4, 9", "5, 0, 11", "2, 0, 7", "2, 1, 1", "3, 1, 5", "7, 3, 3"})
    void countAndSourceRow_agreeWithContains(int every, int index, long size) {
        Holdout holdout = new Holdout(every, index);
        for (Part part : Part.values()) {
            long position = 0;
            for (long row = 0; row < size; row++) {
                if (holdout.contains(part, row)) {
                    assertThat(holdout.sourceRow(part, position)).isEqualTo(row);
                    position++;
                }
            }
            assertThat(holdout.count(part, size)).isEqualTo(position);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "5, 5", "5, -1"})
    void constructor_rejectsWhatLeavesNothing(int every, int index) {
        assertThatThrownBy(() -> new Holdout(every, index)).isInstanceOf(IllegalArgumentException.class);
    }
}
