package org.ppflow.nn.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Gradients of variables as a backward pass meets them; a variable that is used more than once gets their sum. */
public final class GradientSums {
    private final Map<Variable, List<Operand<TFloat32>>> parts = new LinkedHashMap<>();

    /** Notes what one use of a variable adds. */
    public void add(Variable variable, Operand<TFloat32> gradient) {
        parts.computeIfAbsent(variable, first -> new ArrayList<>()).add(gradient);
    }

    /**
     * The sum for each variable, in the same order.
     *
     * @throws IllegalArgumentException if a variable was not met, naming it
     */
    public List<Operand<TFloat32>> of(Ops tf, List<Variable> variables) {
        List<Operand<TFloat32>> sums = new ArrayList<>();
        for (Variable variable : variables) {
            List<Operand<TFloat32>> known = parts.get(variable);
            if (known == null) {
                throw new IllegalArgumentException("no gradient reaches " + variable);
            }
            sums.add(known.size() == 1 ? known.get(0) : tf.math.addN(known));
        }
        return sums;
    }
}
