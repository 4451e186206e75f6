package org.ppflow.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class HalfPrecisionTest {
    /** Values from the definition of binary16 in IEEE 754-2008, table 3.5; the last ones are ties and overflows. */
    @ParameterizedTest
    @CsvSource({
        "0, 0x0000",
        "-0.0, 0x8000",
        "1, 0x3C00",
        "-2, 0xC000",
        "65504, 0x7BFF",
        "0x1p-14, 0x0400",
        "0x1p-24, 0x0001",
        "0x1.ff8p-15, 0x03FF",
        "0.333251953125, 0x3555",
        "Infinity, 0x7C00",
        "-Infinity, 0xFC00",
    })
    void f16_equalsTheStandard_bothWays(float value, String bits) {
        short half = (short) Integer.decode(bits).intValue();

        assertThat(HalfPrecision.fromF16(half)).isEqualTo(value);
        assertThat(HalfPrecision.toF16(value)).isEqualTo(half);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1.002p0, 0x3C00", // half way between 1 and the next: to even, down
        "0x1.006p0, 0x3C02", // half way: to even, up
        "0x1.0021p0, 0x3C01",
        "65519.996, 0x7BFF",
        "65520, 0x7C00",
        "1e30, 0x7C00",
        "0x1p-25, 0x0000", // half of the smallest: to even
        "0x1.8p-25, 0x0001",
        "0x1.ffcp-15, 0x0400", // carries from the subnormals into the normals
        "1e-30, 0x0000",
    })
    void toF16_roundsToNearestEven(float value, String bits) {
        assertThat(HalfPrecision.toF16(value))
                .isEqualTo((short) Integer.decode(bits).intValue());
        assertThat(HalfPrecision.toF16(-value)).isEqualTo((short) (Integer.decode(bits) | 0x8000));
    }

    @Test
    void everyHalf_comesBack() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            float value = HalfPrecision.fromF16((short) bits);
            if (Float.isNaN(value)) {
                assertThat(HalfPrecision.fromF16(HalfPrecision.toF16(value))).isNaN();
            } else {
                assertThat(HalfPrecision.toF16(value)).isEqualTo((short) bits);
            }
            float wide = HalfPrecision.fromBf16((short) bits);
            if (Float.isNaN(wide)) {
                assertThat(HalfPrecision.fromBf16(HalfPrecision.toBf16(wide))).isNaN();
            } else {
                assertThat(HalfPrecision.toBf16(wide)).isEqualTo((short) bits);
            }
        }
    }

    /** No other half is nearer, for random values of all magnitudes. */
    @Test
    void toF16_findsTheNearest() {
        RandomStream random = RandomStream.of(1, Purpose.TEST, 0);
        for (int i = 0; i < 20_000; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(40) - 25));
            short half = HalfPrecision.toF16(value);
            double error = Math.abs((double) HalfPrecision.fromF16(half) - value);
            if (Math.abs(value) < 65504 && (half & 0x7FFF) != 0) {
                assertThat(error)
                        .isLessThanOrEqualTo(Math.abs((double) HalfPrecision.fromF16((short) (half + 1)) - value))
                        .isLessThanOrEqualTo(Math.abs((double) HalfPrecision.fromF16((short) (half - 1)) - value));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0x3F80",
        "0x1.01p0, 0x3F80",
        "0x1.03p0, 0x3F82",
        "0x1.0101p0, 0x3F81",
        "3.4028235e38, 0x7F80",
        "Infinity, 0x7F80",
        "-1.5, 0xBFC0"
    })
    void toBf16_roundsToNearestEven(float value, String bits) {
        assertThat(HalfPrecision.toBf16(value))
                .isEqualTo((short) Integer.decode(bits).intValue());
    }
}
