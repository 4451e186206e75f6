package org.ppflow.nn.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionRun;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * EMA of a network's weights, kept as a second store of variables with the same names: e ← e − (1 − decay)·(e − w), once a step
 * after the optimizer. The decay is fed, so that it may change over the first steps.
 */
public final class ExponentialMovingAverage {
    private final VariableStore averages;
    private final Placeholder<TFloat32> rate;
    private final List<Op> updates = new ArrayList<>();
    private final List<Op> copies = new ArrayList<>();

    /**
     * Adds the averages and their update to the graph.
     *
     * @param name name of the store of averages, for instance {@code ema}
     * @param model what is averaged; complete by now
     * @param after the optimizer's updates; the new weights are averaged, not the old
     */
    public ExponentialMovingAverage(Ops tf, String name, VariableStore model, List<Op> after) {
        this.averages = new VariableStore(tf, name);
        Ops scope = tf.withSubScope(name + "_update");
        this.rate = scope.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        for (Variable variable : model.variables()) {
            Variable average = variable.trainable()
                    ? averages.root().trainable(variable.name(), Initializer.zeros(), variable.shape())
                    : averages.root().fixed(variable.name(), Initializer.zeros(), variable.shape());
            copies.add(scope.assignVariableOp(average.handle(), variable.value()));
            if (!variable.trainable()) {
                continue;
            }
            Ops ordered = scope.withControlDependencies(List.copyOf(after));
            Operand<TFloat32> weight = ordered.readVariableOp(variable.handle(), TFloat32.class);
            Operand<TFloat32> difference = scope.math.sub(average.value(), weight);
            // One pass over memory less than a product and a subtraction.
            updates.add(scope.train.resourceApplyGradientDescent(average.handle(), rate, difference));
        }
    }

    /** The averages, named as the weights. */
    public VariableStore averages() {
        return averages;
    }

    /** Sets every average to its weight, at the start of a training. */
    public void copyFromModel(GraphSession session) {
        SessionRun run = session.run();
        copies.forEach(run::target);
        run.execute();
    }

    /**
     * Feeds the decay of one step and targets the update.
     *
     * @param decay weight of the old average, in [0, 1]
     */
    public SessionRun at(SessionRun run, double decay) {
        if (!(decay >= 0 && decay <= 1)) {
            throw new IllegalArgumentException("decay: " + decay + " must be in [0, 1]");
        }
        run.feed(rate, (float) (1 - decay));
        updates.forEach(run::target);
        return run;
    }
}
