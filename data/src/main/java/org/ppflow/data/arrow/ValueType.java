package org.ppflow.data.arrow;

import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.ppflow.nn.weights.HalfPrecision;

/** Type of latents on disk. */
public enum ValueType {
    /** IEEE 754 half: half the space; values are off by up to 2⁻¹² of their size. */
    FLOAT16("float16", Short.BYTES, FloatingPointPrecision.HALF),
    /** Exactly what the codec computed. */
    FLOAT32("float32", Float.BYTES, FloatingPointPrecision.SINGLE);

    private final String id;
    private final int bytes;
    private final FloatingPointPrecision precision;

    ValueType(String id, int bytes, FloatingPointPrecision precision) {
        this.id = id;
        this.bytes = bytes;
        this.precision = precision;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** The value as it will be read back. */
    public float rounded(float value) {
        return this == FLOAT16 ? HalfPrecision.fromF16(HalfPrecision.toF16(value)) : value;
    }

    ArrowType.FloatingPoint arrowType() {
        return new ArrowType.FloatingPoint(precision);
    }

    /** {@code float16}, as in manifests. */
    @Override
    public String toString() {
        return id;
    }
}
