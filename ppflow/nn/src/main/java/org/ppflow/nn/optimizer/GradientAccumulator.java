package org.ppflow.nn.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.SessionRun;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds gradients of several runs up in variables of its own, 4 bytes a parameter. */
public final class GradientAccumulator {
    private final List<Op> first = new ArrayList<>();
    private final List<Op> next = new ArrayList<>();
    private final List<Operand<TFloat32>> means = new ArrayList<>();

    /**
     * Adds the sums to the graph.
     *
     * @param variables what is trained
     * @param gradients of a run, one for each variable, of its shape
     * @param runs that make up one mean, at least 1
     */
    public GradientAccumulator(
            Ops tf, List<Variable> variables, List<? extends Operand<TFloat32>> gradients, int runs) {
        VariableStore sums = new VariableStore(tf, "accumulated");
        Operand<TFloat32> share = tf.constant(1f / runs);
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            Variable sum = sums.root().fixed(variable.name(), Initializer.zeros(), variable.shape());
            first.add(tf.assignVariableOp(sum.handle(), gradients.get(i)));
            next.add(tf.assignAddVariableOp(sum.handle(), gradients.get(i)));
            means.add(tf.math.mul(sum.value(), share));
        }
    }

    /** Has a run add its gradients; the first one begins anew. */
    public SessionRun add(SessionRun run, boolean begins) {
        (begins ? first : next).forEach(run::target);
        return run;
    }

    /** Mean gradients over the runs, as they are after the last. */
    public List<Operand<TFloat32>> means() {
        return List.copyOf(means);
    }
}
