package org.ppflow.nn.graph;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The type in which large matrix products read and write. Variables, normalisation, sums, residual stream and optimizer are float32 whatever it
 * is; products in bfloat16 add up in float32 inside.
 *
 * @param <T> float32 or bfloat16
 */
public final class ComputeType<T extends TNumber> {
    private final Ops tf;
    private final Class<T> type;
    private final Map<Variable, Operand<T>> values = new HashMap<>();

    private ComputeType(Ops tf, Class<T> type) {
        this.tf = tf;
        this.type = type;
    }

    /** Single precision. */
    public static ComputeType<TFloat32> fp32(Ops tf) {
        return new ComputeType<>(tf, TFloat32.class);
    }

    /** bfloat16. */
    public static ComputeType<TBfloat16> bf16(Ops tf) {
        return new ComputeType<>(tf, TBfloat16.class);
    }

    /** The type. */
    public Class<T> type() {
        return type;
    }

    /** A variable's value, rounded once for all its uses. */
    public Operand<T> of(Variable variable) {
        return values.computeIfAbsent(variable, first -> down(tf, variable.value()));
    }

    /** Rounds. */
    @SuppressWarnings("unchecked") // the class says that T is TFloat32
    public Operand<T> down(Ops ops, Operand<TFloat32> value) {
        return type == TFloat32.class ? (Operand<T>) value : ops.dtypes.cast(value, type);
    }

    /** To float32. */
    @SuppressWarnings("unchecked") // the class says that T is TFloat32
    public Operand<TFloat32> up(Ops ops, Operand<T> value) {
        return type == TFloat32.class ? (Operand<TFloat32>) value : ops.dtypes.cast(value, TFloat32.class);
    }
}
