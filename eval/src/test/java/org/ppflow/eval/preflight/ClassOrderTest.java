package org.ppflow.eval.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class ClassOrderTest {
    private static int[] random(int n, int classes, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        return IntStream.generate(() -> random.nextInt(classes)).limit(n).toArray();
    }

    @Test
    void sortedClasses_tellAllThatChunksCanTell() {
        int[] labels = IntStream.range(0, 50_000).map(i -> i / 50).toArray();
        ClassOrder order = ClassOrder.of(labels, 5000);
        assertThat(order.runs()).isEqualTo(1000);
        assertThat(order.information()).isCloseTo(Math.log(10), within(1e-9)); // ten chunks, no class in two
        assertThat(order.grouped()).isTrue();
        assertThat(order.splitsDiffer()).isTrue();
        assertThat(order.factor()).isCloseTo(10 / Math.exp(order.expectedInformation()), within(1e-6));
    }

    @Test
    void randomClasses_neverWarn() {
        for (int seed = 0; seed < 20; seed++) {
            for (int classes : new int[] {1, 2, 10, 1000}) {
                for (int n : new int[] {1, 7, 4999, 5001, 12_000, 50_000}) {
                    ClassOrder order = ClassOrder.of(random(n, classes, seed), 5000);
                    assertThat(order.splitsDiffer()).as(order.toString()).isFalse();
                }
            }
            ClassOrder order = ClassOrder.of(random(50_000, 1000, seed), 5000);
            assertThat(order.grouped()).isFalse();
            assertThat((double) order.runs()).isCloseTo(order.expectedRuns(), within(50.0));
            assertThat(order.information()).isCloseTo(order.expectedInformation(), within(0.02));
        }
    }

    @Test
    void groupsThatEveryChunkHasOf_areGroupedButHarmless() {
        int[] labels = IntStream.range(0, 50_000).map(i -> i / 25 % 10).toArray();
        ClassOrder order = ClassOrder.of(labels, 5000);
        assertThat(order.grouped()).isTrue();
        assertThat(order.splitsDiffer()).isFalse();
        assertThat(PreflightReport.classFindings("x", order, "labels"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.NOTE));
    }

    @Test
    void oneChunk_cannotDiffer() {
        int[] labels = IntStream.range(0, 5000).map(i -> i / 500).toArray();
        assertThat(ClassOrder.of(labels, 5000).splitsDiffer()).isFalse();
    }

    @Test
    void shuffling_mendsIt() {
        int[] labels = IntStream.range(0, 20_000).map(i -> i / 2000).toArray();
        assertThat(ClassOrder.of(labels, 5000).splitsDiffer()).isTrue();
        Integer[] shuffled = Arrays.stream(labels).boxed().toArray(Integer[]::new);
        long[] keys = new long[labels.length];
        RandomStream random = RandomStream.of(3, Purpose.TEST, 0);
        Arrays.setAll(keys, i -> random.nextLong());
        List<Integer> places = IntStream.range(0, labels.length)
                .boxed()
                .sorted((a, b) -> Long.compare(keys[a], keys[b]))
                .toList();
        int[] mixed = places.stream().mapToInt(i -> shuffled[i]).toArray();
        assertThat(ClassOrder.of(mixed, 5000).splitsDiffer()).isFalse();
    }

    @Test
    void noPictures_haveNoOrder() {
        assertThat(ClassOrder.of(new int[0], 5000).splitsDiffer()).isFalse();
        assertThatThrownBy(() -> ClassOrder.of(new int[1], 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
