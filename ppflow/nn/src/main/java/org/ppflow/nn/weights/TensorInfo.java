package org.ppflow.nn.weights;

import java.util.Arrays;
import java.util.Objects;
import org.ppflow.nn.array.FloatArray;

/**
 * What a file says of one tensor.
 *
 * @param name key in the file
 * @param type type of its elements
 * @param shape axis lengths, each at least 0; empty for a scalar
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below treat the array by content
public record TensorInfo(String name, TensorType type, int[] shape) {
    /** Axes that a tensor may have; NumPy's own bound. */
    public static final int MAX_AXES = 64;

    public TensorInfo {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        if (shape.length > MAX_AXES) {
            throw new IllegalArgumentException(name + " has " + shape.length + " axes, more than " + MAX_AXES);
        }
        FloatArray.size(shape);
    }

    /** Number of elements. */
    public long size() {
        return FloatArray.size(shape);
    }

    /** Number of bytes of all elements. */
    public long byteSize() {
        return Math.multiplyExact(size(), (long) type.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorInfo that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(shape));
    }

    /** For people: {@code blocks.0.attn.qkv.weight F32 [1152, 384]}. */
    @Override
    public String toString() {
        return name + " " + type + " " + Arrays.toString(shape);
    }
}
