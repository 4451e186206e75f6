package org.ppflow.flow.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.ppflow.nn.graph.Initializer;
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
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
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
    private final Operand<TFloat32> gradientNorm;
    private final List<Op> firstPart = new ArrayList<>();
    private final List<Op> nextPart = new ArrayList<>();
    private final StepOptions options;
    private final List<Stage> stages = new ArrayList<>();
    private final AdamW optimizer;
    private final List<ExponentialMovingAverage> averages = new ArrayList<>();
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
     * @param averageNames of the moving averages of the weights, at least one
     * @param sessionOptions of the session
     * @throws IllegalArgumentException if a level's images do not fill whole rows of {@code authors}
     */
    public TrainingGraph(
            DitConfig config,
            LevelSchedule schedule,
            BatchPlan plan,
            StepOptions step,
            AdamW.Constants constants,
            List<String> averageNames,
            SessionOptions sessionOptions) {
        this.plan = plan;
        this.options = step;
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
        BatchPass<?> pass = pass(tf, dit, step, sessionOptions.precision());
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
        List<Operand<TFloat32>> mean = step.accumulate() == 1 ? gradients : accumulated(tf, trained);
        this.gradientNorm = globalNorm(tf, mean);
        // Beyond this gate nothing runs where a number is not finite: no weight, moment or average changes.
        Operand<TBool> sound =
                tf.math.isFinite(step.accumulate() == 1 ? tf.math.add(gradientNorm, meanLoss) : gradientNorm);
        List<Operand<TFloat32>> gated = new ArrayList<>();
        for (Operand<TFloat32> gradient : clipped(tf, mean, step.clipNorm())) {
            gated.add(tf.switchCond(gradient, sound).outputTrue());
        }
        this.optimizer = new AdamW(tf, constants, trained, gated);
        for (String name : averageNames) {
            averages.add(new ExponentialMovingAverage(tf, name, model, optimizer.updates()));
        }
        stages.addAll(stages(pass));
        // Products are in bfloat16 by themselves: the rewriter has nothing to add.
        this.session = new GraphSession(graph, sessionOptions.withPrecision(Precision.FP32));
    }

    /** A graph with one average. */
    public TrainingGraph(
            DitConfig config,
            LevelSchedule schedule,
            BatchPlan plan,
            StepOptions step,
            AdamW.Constants constants,
            SessionOptions sessionOptions) {
        this(config, schedule, plan, step, constants, List.of("ema"), sessionOptions);
    }

    /** Fresh weights of a seed, moments 0, EMA equal to the weights. */
    public void initialize(long seed) {
        session.initialize(model, seed);
        optimizer.reset(session);
        averages.forEach(average -> average.copyFromModel(session));
    }

    /**
     * Weights of a file, to which the averages are set as well; moments stay.
     *
     * @param weights all tensors of the network
     */
    public void load(TensorFile weights) throws IOException {
        ModelWeights.load(session, model, weights);
        averages.forEach(average -> average.copyFromModel(session));
    }

    /**
     * One step: forward, backward, optimizer, averages. Where loss or gradient is not finite nothing is changed.
     *
     * @param step number of the step, from 1
     * @param parts what to train on, as many batches as gradients are accumulated
     * @param learningRate of this step
     * @param decays of the averages at this step, in [0, 1]
     * @return losses and the norm of the gradient
     */
    public StepValues step(long step, List<TrainingBatch> parts, double learningRate, List<Double> decays) {
        if (parts.size() != options.accumulate()) {
            throw new IllegalArgumentException(
                    parts.size() + " batches for a step of " + options.accumulate() + " in turn");
        }
        if (parts.size() == 1) {
            List<FloatArray> values = update(feed(parts.get(0)), step, learningRate, decays)
                    .fetch(losses)
                    .fetch(gradientNorm)
                    .execute();
            return values(values.get(0).values(), values.get(1).values()[0]);
        }
        float[] all = new float[parts.size() * plan.batch()];
        for (int part = 0; part < parts.size(); part++) {
            SessionRun run = feed(parts.get(part)).fetch(losses);
            (part == 0 ? firstPart : nextPart).forEach(run::target);
            float[] some = run.execute().get(0).values();
            System.arraycopy(some, 0, all, part * plan.batch(), some.length);
        }
        float norm = update(session.run(), step, learningRate, decays)
                .fetch(gradientNorm)
                .execute()
                .get(0)
                .values()[0];
        return values(all, norm);
    }

    /** A step on one batch with one average. */
    public StepValues step(long step, TrainingBatch batch, double learningRate, double decay) {
        return step(step, List.of(batch), learningRate, List.of(decay));
    }

    private static StepValues values(float[] losses, float norm) {
        boolean finite = Float.isFinite(norm);
        for (float loss : losses) {
            finite = finite && Float.isFinite(loss);
        }
        return new StepValues(losses, norm, finite);
    }

    /** Where the time of a {@link #step} on one batch goes; it is a step like any other. */
    public StepProfile profile(long step, TrainingBatch batch, double learningRate, double emaDecay) {
        return update(feed(batch), step, learningRate, List.of(emaDecay))
                .fetch(losses)
                .profile();
    }

    private SessionRun update(SessionRun run, long step, double learningRate, List<Double> decays) {
        optimizer.at(run, step, learningRate);
        for (int i = 0; i < averages.size(); i++) {
            averages.get(i).at(run, decays.get(i));
        }
        return run;
    }

    /**
     * A value on the way from the inputs to the gradients.
     *
     * @param name where it is: {@code x_t}, a weight, {@code level 0, block 3}, {@code gradient of} a weight
     * @param value of any shape
     */
    private record Stage(String name, Operand<TFloat32> value) {}

    private List<Stage> stages(BatchPass<?> pass) {
        List<Stage> found = new ArrayList<>();
        // What is fed cannot be fetched as well, but a copy can.
        Ops tf = Ops.create(graph);
        found.add(new Stage("x_t", tf.identity(position)));
        found.add(new Stage("target", tf.identity(target)));
        for (Variable variable : model.variables()) {
            found.add(new Stage(variable.name(), variable.value()));
        }
        pass.stages().forEach((name, value) -> found.add(new Stage(name, value)));
        found.add(new Stage("prediction", prediction));
        found.add(new Stage("loss", losses));
        List<Variable> trained = model.trainable();
        for (int i = 0; i < trained.size(); i++) {
            found.add(new Stage("gradient of " + trained.get(i).name(), gradients.get(i)));
        }
        return found;
    }

    /** Name of the first tensor, in the order of the computation, that has a number that is not finite; empty if none has. */
    public Optional<String> firstNotFinite(TrainingBatch batch) {
        for (Stage stage : stages) {
            // One at a time: all of them together may not fit into memory.
            for (float value : feed(batch).fetch(stage.value()).execute().get(0).values()) {
                if (!Float.isFinite(value)) {
                    return Optional.of(stage.name());
                }
            }
        }
        return Optional.empty();
    }

    /** Variables that sum gradients up, and their mean. */
    private List<Operand<TFloat32>> accumulated(Ops tf, List<Variable> trained) {
        VariableStore sums = new VariableStore(tf, "accumulated");
        Operand<TFloat32> share = tf.constant(1f / options.accumulate());
        List<Operand<TFloat32>> means = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            Variable variable = trained.get(i);
            Variable sum = sums.root().fixed(variable.name(), Initializer.zeros(), variable.shape());
            firstPart.add(tf.assignVariableOp(sum.handle(), gradients.get(i)));
            nextPart.add(tf.assignAddVariableOp(sum.handle(), gradients.get(i)));
            means.add(tf.math.mul(sum.value(), share));
        }
        return means;
    }

    /** √Σ g² over all variables. */
    private static Operand<TFloat32> globalNorm(Ops tf, List<Operand<TFloat32>> gradients) {
        List<Operand<TFloat32>> squares = new ArrayList<>();
        for (Operand<TFloat32> gradient : gradients) {
            squares.add(tf.nn.l2Loss(gradient));
        }
        // l2Loss is half of the sum of squares.
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
    }

    /** g·min(1, limit/(norm + 1e-6)), PyTorch's arithmetic. */
    private List<Operand<TFloat32>> clipped(Ops tf, List<Operand<TFloat32>> all, double limit) {
        if (limit == 0) {
            return all;
        }
        Operand<TFloat32> factor = tf.math.minimum(
                tf.constant(1f),
                tf.math.div(tf.constant((float) limit), tf.math.add(gradientNorm, tf.constant(1e-6f))));
        List<Operand<TFloat32>> scaled = new ArrayList<>();
        for (Operand<TFloat32> gradient : all) {
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

    /** Averages of the weights, in the order of their names. */
    public List<VariableStore> averages() {
        return averages.stream().map(ExponentialMovingAverage::averages).toList();
    }

    /** The first of them. */
    public VariableStore ema() {
        return averages.get(0).averages();
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
