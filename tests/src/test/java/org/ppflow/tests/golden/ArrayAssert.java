package org.ppflow.tests.golden;

import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;
import org.ppflow.nn.array.FloatArray;

/** Compares arrays: same size, and the largest difference within a bound; a failure names the worst place. */
final class ArrayAssert extends AbstractAssert<ArrayAssert, FloatArray> {
    private ArrayAssert(FloatArray actual) {
        super(actual, ArrayAssert.class);
    }

    static ArrayAssert assertThat(FloatArray actual) {
        return new ArrayAssert(actual);
    }

    /** Largest absolute difference of two arrays of the same shape; infinite for NaN. */
    static double largestDifference(FloatArray first, FloatArray second) {
        assertThat(first).isWithin(Double.POSITIVE_INFINITY, second);
        double largest = 0;
        for (int i = 0; i < first.values().length; i++) {
            double difference = Math.abs((double) first.values()[i] - second.values()[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    /** Equal shapes, and the largest absolute difference at most {@code tolerance}. */
    ArrayAssert isWithin(double tolerance, FloatArray expected) {
        isNotNull();
        if (!Arrays.equals(actual.shape(), expected.shape())) {
            failWithMessage("expected %s, got %s", expected, actual);
        }
        int worst = -1;
        double largest = tolerance;
        for (int i = 0; i < actual.values().length; i++) {
            double difference = Math.abs((double) actual.values()[i] - expected.values()[i]);
            if (!(difference <= largest)) {
                largest = difference;
                worst = i;
            }
        }
        if (worst >= 0) {
            failWithMessage(
                    "entry %s of %s is %s, expected %s: difference %s, allowed %s",
                    worst, actual, actual.values()[worst], expected.values()[worst], largest, tolerance);
        }
        return this;
    }

    /** Largest difference at most {@code share} of the largest expected value. */
    ArrayAssert isWithinShareOfLargest(double share, FloatArray expected) {
        double largest = 0;
        for (float value : expected.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return isWithin(share * largest, expected);
    }
}
