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
 * AdamW (Loshchilov and Hutter 2019) with PyTorch's arithmetic, through TensorFlow's fused op.
 *
 * <p>TensorFlow's op computes w −= lr·√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε̂), PyTorch w −= lr/(1−β₁ᵗ)·m/(√v/√(1−β₂ᵗ) + ε): they are equal
 * for ε̂ = ε·√(1−β₂ᵗ), which is fed at each step. Decoupled weight decay w −= lr·λ·w comes before. Everything that changes with
 * the step is fed, so the step number is the trainer's and no counter hides in the graph; the moments are
 * variables of their own store, {@code exp_avg.NAME} and {@code exp_avg_sq.NAME} in PyTorch's words.
 */
public final class AdamW {
    /**
     * The constants of a run.
     *
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the corrected second moment, above 0
     * @param weightDecay λ, at least 0
     */
    public record Constants(double beta1, double beta2, double epsilon, double weightDecay) {
        /** PyTorch's defaults without weight decay, the paper's recipe. */
        public static final Constants PAPER = new Constants(0.9, 0.999, 1e-8, 0);

        public Constants {
            requireDecay("beta1", beta1);
            requireDecay("beta2", beta2);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("epsilon: " + epsilon + " must be above 0");
            }
            if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weight_decay: " + weightDecay + " must be 0 or more");
            }
        }

        private static void requireDecay(String name, double value) {
            if (!(value >= 0 && value < 1)) {
                throw new IllegalArgumentException(name + ": " + value + " must be in [0, 1)");
            }
        }
    }

    private final Constants constants;
    private final VariableStore moments;
    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final Placeholder<TFloat32> scaledEpsilon;
    private final List<Op> updates = new ArrayList<>();

    /**
     * Adds the update of every variable to the graph.
     *
     * @param variables what to train
     * @param gradients one for each variable, same order and shape
     */
    public AdamW(Ops tf, Constants constants, List<Variable> variables, List<? extends Operand<TFloat32>> gradients) {
        this.constants = constants;
        this.moments = new VariableStore(tf, "optimizer");
        Ops scope = tf.withSubScope("adamw");
        this.learningRate = scalar(scope);
        this.beta1Power = scalar(scope);
        this.beta2Power = scalar(scope);
        this.scaledEpsilon = scalar(scope);
        Operand<TFloat32> beta1 = scope.constant((float) constants.beta1());
        Operand<TFloat32> beta2 = scope.constant((float) constants.beta2());
        Operand<TFloat32> decay = scope.math.mul(learningRate, scope.constant((float) constants.weightDecay()));
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            Operand<TFloat32> gradient = gradients.get(i);
            Ops update = scope;
            if (constants.weightDecay() > 0) {
                // The gradient was taken at the weights before the decay, so the decay waits for it.
                Op decayed = scope.withControlDependencies(gradient)
                        .assignSubVariableOp(variable.handle(), scope.math.mul(decay, variable.value()));
                update = scope.withControlDependencies(decayed);
            }
            updates.add(update.train.resourceApplyAdam(
                    variable.handle(),
                    moment("exp_avg", variable).handle(),
                    moment("exp_avg_sq", variable).handle(),
                    beta1Power,
                    beta2Power,
                    learningRate,
                    beta1,
                    beta2,
                    scaledEpsilon,
                    gradient));
        }
    }

    /** The ops that change the weights; a run targets all of them. */
    public List<Op> updates() {
        return List.copyOf(updates);
    }

    /** Running means of gradients, {@code exp_avg.NAME}, and of squared gradients, {@code exp_avg_sq.NAME}. */
    public VariableStore moments() {
        return moments;
    }

    /** Sets all moments to 0, at the start of a training. */
    public void reset(GraphSession session) {
        session.initialize(moments, 0);
    }

    /**
     * Feeds what the update needs at one step and targets it.
     *
     * @param step number of this update, from 1
     * @param rate learning rate at this step
     */
    public SessionRun at(SessionRun run, long step, double rate) {
        if (step < 1) {
            throw new IllegalArgumentException("step " + step + " must be at least 1");
        }
        double power1 = Math.pow(constants.beta1(), (double) step);
        double power2 = Math.pow(constants.beta2(), (double) step);
        run.feed(learningRate, (float) rate)
                .feed(beta1Power, (float) power1)
                .feed(beta2Power, (float) power2)
                .feed(scaledEpsilon, (float) (constants.epsilon() * Math.sqrt(1 - power2)));
        updates.forEach(run::target);
        return run;
    }

    private Variable moment(String kind, Variable variable) {
        return moments.root().child(kind).fixed(variable.name(), Initializer.zeros(), variable.shape());
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
}
