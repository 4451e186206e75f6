package org.ppflow.nn.graph;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * One float32 resource variable of a graph. Its value lives in a session's native memory; the graph holds the handle, one
 * shared read and one assignment from a placeholder.
 */
public final class Variable {
    private static final long ROW_MASK = (1L << 48) - 1;

    private final String name;
    private final int[] shape;
    private final boolean trainable;
    private final Initializer initializer;
    private final Operand<TFloat32> handle;
    private final Operand<TFloat32> value;
    private final Placeholder<TFloat32> assigned;
    private final Op assignment;

    @SuppressWarnings("unchecked") // a handle is typed by what it points to, which VarHandleOp leaves open
    Variable(Ops tf, String resource, String name, boolean trainable, Initializer initializer, int... shape) {
        this.name = name;
        this.shape = shape.clone();
        this.trainable = trainable;
        this.initializer = initializer;
        Shape tensorShape = tensorShape(shape);
        this.handle = (Operand<TFloat32>)
                (Operand<?>) tf.varHandleOp(TFloat32.class, tensorShape, VarHandleOp.sharedName(resource));
        this.value = tf.readVariableOp(handle, TFloat32.class);
        this.assigned = tf.placeholder(TFloat32.class, Placeholder.shape(tensorShape));
        this.assignment = tf.assignVariableOp(handle, assigned);
    }

    /** Name as in a PyTorch state dict, without the store's own name: {@code blocks.3.attn.qkv.weight}. */
    public String name() {
        return name;
    }

    /** Axis lengths. */
    public int[] shape() {
        return shape.clone();
    }

    /** Number of values. */
    public long size() {
        return FloatArray.size(shape);
    }

    /** Whether the optimizer changes it; position tables are saved but fixed. */
    public boolean trainable() {
        return trainable;
    }

    /** The value as all layers read it: one read, shared, so a gradient with respect to it gathers every use. */
    public Operand<TFloat32> value() {
        return value;
    }

    /** The resource, for ops that change the variable. */
    public Operand<TFloat32> handle() {
        return handle;
    }

    /** Where a session feeds a new value. */
    public Operand<TFloat32> assigned() {
        return assigned;
    }

    /** Stores what is fed to {@link #assigned()}. */
    public Op assignment() {
        return assignment;
    }

    /**
     * The value it starts with: the same for the same seed and name, whatever else the network holds.
     *
     * @param seed the run's seed
     */
    public FloatArray initialValue(long seed) {
        RandomStream stream = RandomStream.of(seed, Purpose.INITIAL_WEIGHT, nameHash(name));
        return new FloatArray(shape(), initializer.values(stream, shape()));
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }

    private static Shape tensorShape(int... shape) {
        long[] lengths = new long[shape.length];
        Arrays.setAll(lengths, i -> shape[i]);
        return Shape.of(lengths);
    }

    /** FNV-1a over the name's UTF-16 units, 64 bits (Fowler, Noll and Vo), cut to the 48 bits a stream's row has. */
    private static long nameHash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return (hash ^ (hash >>> 48)) & ROW_MASK;
    }
}
