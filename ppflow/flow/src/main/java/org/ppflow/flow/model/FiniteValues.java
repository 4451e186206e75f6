package org.ppflow.flow.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.weights.TensorFile;

/** Passes a tensor's values on if all of them are finite; else names the first that is not. */
final class FiniteValues implements Consumer<FloatBuffer> {
    private final TensorFile file;
    private final Variable variable;
    private final Consumer<FloatBuffer> target;
    private long passed;

    FiniteValues(TensorFile file, Variable variable, Consumer<FloatBuffer> target) {
        this.file = file;
        this.variable = variable;
        this.target = target;
    }

    @Override
    public void accept(FloatBuffer values) {
        for (int i = values.position(); i < values.limit(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw BadInputException.at(file.path() + ": " + variable.name()
                                + Arrays.toString(index(passed + i - values.position())))
                        .found(Float.toString(values.get(i)))
                        .expected("finite numbers")
                        .advice("the training that wrote this file has diverged; take an earlier checkpoint")
                        .build();
            }
        }
        passed += values.remaining();
        target.accept(values);
    }

    private long[] index(long flat) {
        int[] shape = variable.shape();
        long[] index = new long[shape.length];
        long rest = flat;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }
}
