package org.ppflow.nn.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Element types that files hold. Values are little-endian everywhere. Names are those of safetensors. */
public enum TensorType {
    /** IEEE 754 double. */
    F64(8, Kind.FLOATING, "<f8"),
    /** IEEE 754 single. */
    F32(4, Kind.FLOATING, "<f4"),
    /** IEEE 754 half: 11 bits of precision, largest value 65504. */
    F16(2, Kind.FLOATING, "<f2"),
    /** The upper half of a single: 8 bits of precision. NumPy has no such type. */
    BF16(2, Kind.FLOATING, null),
    /** Signed, 64 bits. */
    I64(8, Kind.INTEGER, "<i8"),
    /** Signed, 32 bits. */
    I32(4, Kind.INTEGER, "<i4"),
    /** Signed, 16 bits. */
    I16(2, Kind.INTEGER, "<i2"),
    /** Signed, 8 bits. */
    I8(1, Kind.INTEGER, "|i1"),
    /** Unsigned, 32 bits. */
    U32(4, Kind.INTEGER, "<u4"),
    /** Unsigned, 16 bits. */
    U16(2, Kind.INTEGER, "<u2"),
    /** Unsigned, 8 bits: pixels. */
    U8(1, Kind.INTEGER, "|u1"),
    /** One byte a value; 0 is false, anything else true. */
    BOOL(1, Kind.INTEGER, "|b1");

    private enum Kind {
        FLOATING,
        INTEGER
    }

    private final int bytes;
    private final Kind kind;
    private final @Nullable String npy;

    TensorType(int bytes, Kind kind, @Nullable String npy) {
        this.bytes = bytes;
        this.kind = kind;
        this.npy = npy;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** Whether values are floating-point numbers. */
    public boolean isFloating() {
        return kind == Kind.FLOATING;
    }

    /** The {@code descr} of a npy header; empty where NumPy has no such type. */
    Optional<String> npyDescription() {
        return Optional.ofNullable(npy);
    }

    /**
     * Elements as float32, rounded where this type has more digits.
     *
     * @param elements as they are stored, little-endian
     * @param target gets all of them at {@code target[offset …]}
     */
    public void toFloats(ByteBuffer elements, float[] target, int offset) {
        Elements.toFloats(this, elements, FloatBuffer.wrap(target, offset, elements.remaining() / bytes()));
    }

    /** The type that safetensors calls so; empty if none here. */
    static Optional<TensorType> ofSafetensors(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type that a npy header describes so; empty if none here. */
    static Optional<TensorType> ofNpy(String description) {
        for (TensorType type : values()) {
            if (description.equals(type.npy)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
