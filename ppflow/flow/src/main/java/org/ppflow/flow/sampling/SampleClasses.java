package org.ppflow.flow.sampling;

import java.util.Arrays;
import java.util.List;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Which class a sample has: a function of (seed, index), so that no count, order or sharding changes it. */
public sealed interface SampleClasses {
    /** The class of a sample. */
    int of(long seed, long index);

    /** The classes of samples [first, first + count). */
    default int[] of(long seed, long first, int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = of(seed, first + i);
        }
        return labels;
    }

    /**
     * Equal counts: every run of as many samples as there are classes holds each class once, in an order of its own. ADM's Inception Score
     * splits samples in the order of the file, so each split sees all classes.
     *
     * @param classes how many there are
     */
    record Balanced(int classes) implements SampleClasses {
        @Override
        public int of(long seed, long index) {
            return (int) new KeyedPermutation(classes, seed, Purpose.SAMPLE_CLASS, index / classes).at(index % classes);
        }

        @Override
        public String toString() {
            return "balanced";
        }
    }

    /**
     * Every class equally likely.
     *
     * @param classes how many there are
     */
    record Uniform(int classes) implements SampleClasses {
        @Override
        public int of(long seed, long index) {
            double u = RandomStream.of(seed, Purpose.SAMPLE_CLASS, index, 1).nextDouble();
            return Math.min(classes - 1, (int) (u * classes));
        }

        @Override
        public String toString() {
            return "uniform";
        }
    }

    /**
     * One after another, and again from the first.
     *
     * @param labels at least one
     */
    record Listed(List<Integer> labels) implements SampleClasses {
        public Listed {
            labels = List.copyOf(labels);
            if (labels.isEmpty()) {
                throw new IllegalArgumentException("classes: needs at least one");
            }
        }

        /** From an array. */
        public Listed(int... labels) {
            this(Arrays.stream(labels).boxed().toList());
        }

        @Override
        public int of(long seed, long index) {
            return labels.get((int) (index % labels.size()));
        }

        @Override
        public String toString() {
            return labels.size() <= 10 ? labels.toString() : labels.size() + " listed";
        }
    }
}
