package org.ppflow.data.latents;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.types.FloatingPointPrecision;

/** Type of the values in a shard. */
public enum Storage {
    /** IEEE half precision, rounded to nearest even; relative error at most 2⁻¹¹. */
    @JsonProperty("float16")
    FLOAT16(FloatingPointPrecision.HALF, Short.BYTES),
    /** IEEE single precision. */
    @JsonProperty("float32")
    FLOAT32(FloatingPointPrecision.SINGLE, Float.BYTES);

    private final FloatingPointPrecision precision;
    private final int bytes;

    Storage(FloatingPointPrecision precision, int bytes) {
        this.precision = precision;
        this.bytes = bytes;
    }

    FloatingPointPrecision precision() {
        return precision;
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** The value at a byte offset of little-endian memory. */
    float read(ByteBuffer memory, int offset) {
        return this == FLOAT32 ? memory.getFloat(offset) : Float16.toFloat(memory.getShort(offset));
    }
}
