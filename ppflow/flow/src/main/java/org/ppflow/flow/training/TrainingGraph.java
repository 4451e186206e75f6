package org.ppflow.flow.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.BatchPass;
import org.ppflow.flow.model.Dit;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.CompiledKernels;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.GradientGraph;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.optimizer.ExponentialMovingAverage;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
import org.ppflow.nn.session.StepProfile;
import org.ppflow.nn.weights.TensorFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The static graph of a training step: each level's images pass the shared blocks as that level's own sub-graph, and the gradients
 * add up at the shared variables. No mask, no padding, no copies; images never meet, so one image cannot change a bit of what
 * another gets (but under {@code authors}).
 *
 * <p>Owns the graph and the session with weights, moments and EMA: about 16 bytes a parameter beside activations.
 */
public final class TrainingGraph implements AutoCloseable {
    private final Graph graph = new Graph();
    private final CompiledKernels kernels = new CompiledKernels();
    private final BatchPlan plan;
    private final VariableStore model;
    private final Placeholder<TFloat32> position;
    private final Placeholder<TFloat32> target;
    private final Placeholder<TFloat32> times;
    private final Placeholder<TInt32> labels;
    private final Placeholder<TFloat32> scales;
    private final Placeholder<TFloat32> weights;
    private final boolean weighted;
    private final Operand<TFloat32> prediction;
    private final Operand<TFloat32> losses;
    private final Operand<TFloat32> meanLoss;
    private final List<Operand<TFloat32>> gradients;
    private final @Nullable Operand<TFloat32> gradientNorm;
    private final AdamW optimizer;
    private final ExponentialMovingAverage ema;
    private final GraphSession session;
    private final Operand<TFloat32> positionGradient;

    /**
     * Builds the graph and opens the session; variables have no values yet.
     *
     * @param config network
     * @param schedule its levels
     * @param plan images of each level
     * @param step packing, prediction, clipping
     * @param constants of the optimizer
     * @param options of the session
     * @throws IllegalArgumentException if a level's images do not fill whole rows of {@code authors}
     */
    public TrainingGraph(
            DitConfig config,
            LevelSchedule schedule,
            BatchPlan plan,
            StepOptions step,
            AdamW.Constants constants,
            SessionOptions options) {
        this.plan = plan;
        Ops tf = Ops.create(graph);
        this.model = new VariableStore(tf, "model");
        Dit dit = new Dit(model.root(), config, schedule);
        Shape images = Shape.of(plan.batch(), config.channels(), config.height(), config.width());
        this.position = tf.placeholder(TFloat32.class, Placeholder.shape(images));
        this.target = tf.placeholder(TFloat32.class, Placeholder.shape(images));
        this.times = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(plan.batch())));
        this.labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(plan.batch())));
        this.scales = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(plan.batch())));
        this.weights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(plan.batch())));
        this.weighted = step.prediction() != Prediction.VELOCITY;
        BatchPass<?> pass = pass(tf, dit, step, options.precision());
        this.prediction = pass.prediction();
        // weight·‖scale·output − target‖² averaged over an image's values: (N, C, H, W) -> (N); velocity has neither
        // scale nor weight
        Operand<TFloat32> compared = weighted
                ? tf.math.mul(prediction, tf.reshape(scales, tf.constant(new int[] {-1, 1, 1, 1})))
                : prediction;
        Operand<TFloat32> means =
                tf.math.mean(tf.math.squaredDifference(compared, target), tf.constant(new int[] {1, 2, 3}));
        this.losses = weighted ? tf.math.mul(means, weights) : means;
        this.meanLoss = tf.math.mean(losses, tf.constant(0));
        List<Variable> trained = model.trainable();
        BatchPass.Gradients found = pass.backward(
                tf, GradientGraph.of(graph, meanLoss, List.of(prediction)).get(0));
        this.gradients = found.sums().of(tf, trained);
        // The mean over N rows has 1/N of each row's gradient.
        this.positionGradient = tf.math.mul(found.position(), tf.constant((float) plan.batch()));
        kernels.close();
        this.gradientNorm = step.clipNorm() > 0 ? globalNorm(tf) : null;
        this.optimizer = new AdamW(tf, constants, trained, clipped(tf, step.clipNorm()));
        this.ema = new ExponentialMovingAverage(tf, "ema", model, optimizer.updates());
        // Products are in bfloat16 by themselves: the rewriter has nothing to add.
        this.session = new GraphSession(graph, options.withPrecision(Precision.FP32));
    }

    /** Fresh weights of a seed, moments 0, EMA equal to the weights. */
    public void initialize(long seed) {
        session.initialize(model, seed);
        optimizer.reset(session);
        ema.copyFromModel(session);
    }

    /**
     * Weights of a file, to which the averages are set as well; moments stay.
     *
     * @param weights all tensors of the network
     */
    public void load(TensorFile weights) throws IOException {
        ModelWeights.load(session, model, weights);
        ema.copyFromModel(session);
    }

    /**
     * One step: forward, backward, optimizer, EMA.
     *
     * @param step number of the step, from 1
     * @param batch what to train on
     * @param learningRate of this step
     * @param emaDecay of this step, in [0, 1]
     * @return losses, and the norm of the gradient where it is clipped
     */
    public StepValues step(long step, TrainingBatch batch, double learningRate, double emaDecay) {
        SessionRun run = update(step, batch, learningRate, emaDecay).fetch(losses);
        Operand<TFloat32> norm = gradientNorm;
        if (norm != null) {
            run.fetch(norm);
        }
        List<FloatArray> values = run.execute();
        return new StepValues(
                values.get(0).values(),
                norm == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(values.get(1).values()[0]));
    }

    /** Where the time of a {@link #step} goes; it is a step like any other. */
    public StepProfile profile(long step, TrainingBatch batch, double learningRate, double emaDecay) {
        return update(step, batch, learningRate, emaDecay).fetch(losses).profile();
    }

    private SessionRun update(long step, TrainingBatch batch, double learningRate, double emaDecay) {
        SessionRun run = feed(batch);
        optimizer.at(run, step, learningRate);
        return ema.at(run, emaDecay);
    }

    /** √Σ g² over all variables. */
    private Operand<TFloat32> globalNorm(Ops tf) {
        List<Operand<TFloat32>> squares = new ArrayList<>();
        for (Operand<TFloat32> gradient : gradients) {
            squares.add(tf.nn.l2Loss(gradient));
        }
        // l2Loss is half of the sum of squares.
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
    }

    /** g·min(1, limit/(norm + 1e-6)), PyTorch's arithmetic. */
    private List<Operand<TFloat32>> clipped(Ops tf, double limit) {
        Operand<TFloat32> norm = gradientNorm;
        if (norm == null) {
            return gradients;
        }
        Operand<TFloat32> factor = tf.math.minimum(
                tf.constant(1f), tf.math.div(tf.constant((float) limit), tf.math.add(norm, tf.constant(1e-6f))));
        List<Operand<TFloat32>> scaled = new ArrayList<>();
        for (Operand<TFloat32> gradient : gradients) {
            scaled.add(tf.math.mul(gradient, factor));
        }
        return scaled;
    }

    /** Output of the network for each row, [N, C, H, W]; nothing changes. */
    public FloatArray predict(TrainingBatch batch) {
        return feed(batch).fetch(prediction).execute().get(0);
    }

    /** Loss of each row, [N]; nothing changes. */
    public FloatArray losses(TrainingBatch batch) {
        return feed(batch).fetch(losses).execute().get(0);
    }

    /** Gradient of the mean loss for every trainable variable, in the order of {@code model().trainable()}. */
    public List<FloatArray> gradients(TrainingBatch batch) {
        return feed(batch).fetch(gradients).execute();
    }

    /** Gradient of each row's loss with respect to its own x_t, [N, C, H, W]: other rows' losses do not depend on it. */
    public FloatArray positionGradients(TrainingBatch batch) {
        return feed(batch).fetch(positionGradient).execute().get(0);
    }

    /** Images of each level. */
    public BatchPlan plan() {
        return plan;
    }

    /** The weights. */
    public VariableStore model() {
        return model;
    }

    /** Averages of the weights. */
    public VariableStore ema() {
        return ema.averages();
    }

    /** The optimizer, for its moments. */
    public AdamW optimizer() {
        return optimizer;
    }

    /** The session that holds all values. */
    public GraphSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private SessionRun feed(TrainingBatch batch) {
        SessionRun run = session.run()
                .feed(position, batch.position())
                .feed(target, batch.target())
                .feed(times, batch.times())
                .feed(labels, batch.labels());
        return weighted ? run.feed(scales, batch.scales()).feed(weights, batch.weights()) : run;
    }

    private BatchPass<?> pass(Ops tf, Dit dit, StepOptions step, Precision precision) {
        BatchPass.Inputs inputs = new BatchPass.Inputs(position, times, labels);
        return precision == Precision.BF16
                ? new BatchPass<>(graph, tf, dit, plan, step.pass(), kernels, ComputeType.bf16(tf), inputs)
                : new BatchPass<>(graph, tf, dit, plan, step.pass(), kernels, ComputeType.fp32(tf), inputs);
    }
}
