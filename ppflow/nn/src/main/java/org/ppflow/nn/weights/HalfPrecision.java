package org.ppflow.nn.weights;

/** Conversions between float32 and the two 16-bit floating-point types. */
public final class HalfPrecision {
    private static final int HALF_INFINITY = 0x7C00;
    private static final int HALF_QUIET = 0x0200;
    /** 65520, half way between the largest half and the next power of two: from here on values round to infinity. */
    private static final int OVERFLOW_BITS = 0x477FF000;
    /** 2⁻¹⁴, the smallest normal half. */
    private static final int NORMAL_BITS = 0x38800000;

    private HalfPrecision() {}

    /** The value of an IEEE 754 half; exact. A NaN keeps its sign and payload. */
    public static float fromF16(short half) {
        int bits = half & 0xFFFF;
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >>> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
        }
        return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
    }

    /** The nearest IEEE 754 half, ties to even; too large values become infinite. */
    public static short toF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        int half;
        if (magnitude > 0x7F800000) {
            half = HALF_INFINITY | HALF_QUIET | (magnitude >>> 13 & 0x3FF);
        } else if (magnitude >= OVERFLOW_BITS) {
            half = HALF_INFINITY;
        } else if (magnitude >= NORMAL_BITS) {
            half = roundShift(magnitude - (112 << 23), 13);
        } else {
            // A multiple of 2⁻²⁴: scaling by a power of two is exact, rint rounds ties to even.
            half = (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24);
        }
        return (short) (sign | half);
    }

    /** The value of a bfloat16; exact. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest bfloat16, ties to even; a NaN stays one. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7FFFFFFF) > 0x7F800000) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }

    /** {@code value >>> shift}, rounded to nearest, ties to even; a carry runs into the exponent as it should. */
    private static int roundShift(int value, int shift) {
        int half = (1 << (shift - 1)) - 1;
        return (value + half + (value >>> shift & 1)) >>> shift;
    }
}
