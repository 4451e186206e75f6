package org.ppflow.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void take_givesEachStepsResult_howeverManyThreads(int threads) {
        try (ReadAhead<Long> ahead = new ReadAhead<>(step -> step * step, unused -> {}, threads, 3)) {
            assertThat(LongStream.range(7, 60).map(ahead::take).toArray())
                    .isEqualTo(LongStream.range(7, 60).map(step -> step * step).toArray());
        }
    }

    @Test
    void take_jumpsAndFreesWhatNobodyTook() {
        Set<Long> open = ConcurrentHashMap.newKeySet();
        try (ReadAhead<Long> ahead = new ReadAhead<>(
                step -> {
                    open.add(step);
                    return step;
                },
                open::remove,
                2,
                4)) {
            open.remove(ahead.take(0));
            assertThat(ahead.take(100)).isEqualTo(100);
            assertThat(ahead.take(3)).isEqualTo(3);
        }
        assertThat(open).containsExactlyInAnyOrder(100L, 3L);
    }

    @Test
    void take_throwsWhatLoadingThrew() {
        try (ReadAhead<Long> ahead = new ReadAhead<>(
                step -> {
                    if (step == 2) {
                        throw new IllegalArgumentException("step 2 cannot be read");
                    }
                    return step;
                },
                unused -> {},
                1,
                4)) {
            assertThat(ahead.take(1)).isEqualTo(1);
            assertThatThrownBy(() -> ahead.take(2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("step 2 cannot be read");
            assertThat(ahead.take(3)).isEqualTo(3);
        }
    }
}
