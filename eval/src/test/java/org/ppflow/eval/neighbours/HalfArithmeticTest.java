package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.HalfPrecision;

class HalfArithmeticTest {
    @Test
    void everyHalfAndWhatIsBesideAndBetween_roundsToTheNearestEven() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float half = HalfPrecision.fromF16((short) bits);
            float next = HalfPrecision.fromF16((short) (bits + 1));
            float between = (float) (((double) half + next) / 2);
            for (float value : new float[] {half, between}) {
                assertRounded(Math.nextUp(value));
                assertRounded(value);
                assertRounded(Math.nextDown(value));
            }
        }
    }

    @Test
    void anyFloat_roundsToTheNearestEven() {
        RandomStream random = RandomStream.of(1, Purpose.TEST, 0);
        for (int i = 0; i < 1_000_000; i++) {
            assertRounded(Float.intBitsToFloat(random.nextInt()));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {65519.996f, 65520, 65521, 1e30f, Float.POSITIVE_INFINITY, 0x1p-25f, 0x1.000002p-25f, 1e-40f})
    void edgesOfTheRange_roundAsTheSlowConversion(float value) {
        assertRounded(value);
        assertRounded(-value);
    }

    @Test
    void doubledProducts_areRoundedOnceAndOverflow() {
        // 2049 lies between the halves 2048 and 2050, 2051 between 2050 and 2052; ties go to the even one.
        assertProducts(
                new float[] {2049, 2051, 32752, 32760, -40000, 0x1p-24f, 1 + 0x1p-11f},
                new float[] {4096, 4104, 65504, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0x1p-23f, 2});
    }

    /** Rows (a, b) of halves with a + b = x, times (1, 1): the product is x in float32, before it is rounded once. */
    private static void assertProducts(float[] wanted, float[] doubled) {
        FloatArray rows = FloatArray.zeros(wanted.length, 2);
        for (int i = 0; i < wanted.length; i++) {
            float high = HalfArithmetic.round(wanted[i]);
            rows.values()[2 * i] = high;
            rows.values()[2 * i + 1] = wanted[i] - high;
        }
        Panel first = new Panel(1, 2);
        first.read(new ArrayRows(new FloatArray(new int[] {1, 2}, new float[] {1, 1})), new RowRange(0, 1));
        Panel second = new Panel(wanted.length, 2);
        second.read(new ArrayRows(rows), new RowRange(0, wanted.length));
        float[] found = new float[wanted.length];
        try (PanelProducts products = PanelProducts.doubledHalves(2)) {
            products.hold(first);
            products.multiply(second, found);
        }
        assertThat(found).isEqualTo(doubled);
    }

    @Test
    void norm_addsInPacketsOfEight() {
        // 33 ones and a large square: 2048 + 1 stays 2048 in fp16, so what is added to it one by one is lost.
        float[] values = new float[33];
        Arrays.fill(values, 1);
        values[0] = HalfArithmetic.round((float) Math.sqrt(2048));
        float large = HalfArithmetic.round(values[0] * values[0]);

        // Lane 0 takes the large square and then three ones, one at a time; the other lanes have 4 each; the last
        // element is a rest of its own.
        float lane = large;
        for (int i = 0; i < 3; i++) {
            lane = HalfArithmetic.round(lane + 1);
        }
        float expected = HalfArithmetic.round(1 + HalfArithmetic.round(lane + 28));

        assertThat(HalfArithmetic.squaredNorm(values, 0, 33)).isEqualTo(expected);
    }

    @Test
    void normOfManyValues_isOfTwoHalves() {
        float[] values = new float[2048];
        Arrays.fill(values, 1.5f);
        float half = HalfArithmetic.squaredNorm(values, 0, 1024);

        assertThat(HalfArithmetic.squaredNorm(values, 0, 2048)).isEqualTo(HalfArithmetic.round(half + half));
    }

    @Test
    void distance_isNotNegativeAndKeepsWhatIsNotFinite() {
        assertThat(HalfArithmetic.distance(1, 2.5f, 1)).isZero();
        assertThat(HalfArithmetic.distance(40000, Float.POSITIVE_INFINITY, 40000))
                .isZero();
        assertThat(HalfArithmetic.distance(40000, -30000, 40000)).isInfinite();
        assertThat(HalfArithmetic.distance(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, 1))
                .isNaN();
    }

    private static void assertRounded(float value) {
        float expected = HalfPrecision.fromF16(HalfPrecision.toF16(value));
        float found = HalfArithmetic.round(value);
        if (!(found == expected || (Float.isNaN(found) && Float.isNaN(expected)))) {
            throw new AssertionError(value + " rounds to " + expected + ", not " + found);
        }
    }
}
