package org.ppflow.flow.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.BatchPass;
import org.ppflow.flow.model.Dit;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.GradientGraph;
import org.ppflow.nn.graph.Kernels;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.optimizer.ExponentialMovingAverage;
import org.ppflow.nn.optimizer.GradientAccumulator;
import org.ppflow.nn.optimizer.GradientNorm;
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
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The static graph of a training step: images pass the shared blocks as a packing arranges them, and the gradients add up at the shared
 * variables. Images never meet, so one image cannot change a bit of what another gets (but under {@code authors}).
 *
 * <p>Owns the graph and the session with weights, moments and averages: 12 bytes a parameter and 4 for each average, the same while a step has the
 * gradients (and all the time where they are accumulated), beside activations.
 */
public final class TrainingGraph implements AutoCloseable {
    private final Graph graph = new Graph();
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
    private final GradientAccumulator accumulator;
    private final GradientNorm gradientNorm;
    private final StepOptions options;
    private final Map<String, Operand<TFloat32>> stages;
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
     * @throws IllegalArgumentException if a level's images do not fill the rows of a packing that has rows; nothing stays open
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
        List<Variable> trained = model.trainable();
        boolean built = false;
        try (Kernels kernels = new Kernels()) {
            BatchPass<?> pass = pass(tf, dit, sessionOptions.precision(), kernels);
            this.prediction = pass.prediction();
            this.losses = losses(tf);
            this.meanLoss = tf.math.mean(losses, tf.constant(0));
            BatchPass.Gradients found = pass.backward(
                    tf, GradientGraph.of(graph, meanLoss, List.of(prediction)).get(0));
            this.gradients = found.sums().of(tf, trained);
            // The mean over N rows has 1/N of each row's gradient.
            this.positionGradient = tf.math.mul(found.position(), tf.constant((float) plan.batch()));
            this.stages = stages(tf, pass);
            boolean whole = step.accumulate() == 1;
            this.accumulator = new GradientAccumulator(tf, whole ? List.of() : trained, gradients, step.accumulate());
            this.gradientNorm = new GradientNorm(tf, whole ? gradients : accumulator.means());
            // Beyond this gate nothing runs where a number is not finite: no weight, moment or average changes.
            Operand<TBool> sound =
                    tf.math.isFinite(whole ? tf.math.add(gradientNorm.value(), meanLoss) : gradientNorm.value());
            List<Operand<TFloat32>> gated = new ArrayList<>();
            for (Operand<TFloat32> gradient : gradientNorm.clipped(tf, step.clipNorm())) {
                gated.add(tf.switchCond(gradient, sound).outputTrue());
            }
            this.optimizer = new AdamW(tf, constants, trained, gated);
            for (String name : averageNames) {
                averages.add(new ExponentialMovingAverage(tf, name, model, optimizer.updates()));
            }
            // Products are in bfloat16 by themselves: the rewriter has nothing to add.
            this.session = new GraphSession(graph, sessionOptions.withPrecision(Precision.FP32));
            built = true;
        } finally {
            if (!built) {
                graph.close();
            }
        }
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
                    .fetch(gradientNorm.value())
                    .execute();
            return values(values.get(0).values(), values.get(1).values()[0]);
        }
        float[] all = new float[parts.size() * plan.batch()];
        for (int part = 0; part < parts.size(); part++) {
            float[] some = accumulator
                    .add(feed(parts.get(part)).fetch(losses), part == 0)
                    .execute()
                    .get(0)
                    .values();
            System.arraycopy(some, 0, all, part * plan.batch(), some.length);
        }
        // The norm alone does not tell: a loss may be infinite where its gradient is not.
        SessionRun last = finite(all) ? update(session.run(), step, learningRate, decays) : session.run();
        float norm = last.fetch(gradientNorm.value()).execute().get(0).values()[0];
        return values(all, norm);
    }

    /** A step on one batch with one average. */
    public StepValues step(long step, TrainingBatch batch, double learningRate, double decay) {
        return step(step, List.of(batch), learningRate, List.of(decay));
    }

    private static StepValues values(float[] losses, float norm) {
        return new StepValues(losses, norm, Float.isFinite(norm) && finite(losses));
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
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

    /** What a step goes through, in the order of the computation, by name: {@code x_t}, a weight, {@code level 0, block 3}, {@code gradient of} a weight. */
    private Map<String, Operand<TFloat32>> stages(Ops tf, BatchPass<?> pass) {
        Map<String, Operand<TFloat32>> found = new LinkedHashMap<>();
        // What is fed cannot be fetched as well, but a copy can.
        found.put("x_t", tf.identity(position));
        found.put("target", tf.identity(target));
        if (weighted) {
            found.put("scale of the output", tf.identity(scales));
            found.put("weight of the loss", tf.identity(weights));
        }
        for (Variable variable : model.variables()) {
            found.put(variable.name(), variable.value());
        }
        found.putAll(pass.stages());
        found.put("prediction", prediction);
        found.put("loss", losses);
        List<Variable> trained = model.trainable();
        for (int i = 0; i < trained.size(); i++) {
            found.put("gradient of " + trained.get(i).name(), gradients.get(i));
        }
        return found;
    }

    /** Name of the first tensor, in the order of the computation, that has a number that is not finite; empty if none has. */
    public Optional<String> firstNotFinite(TrainingBatch batch) {
        for (Map.Entry<String, Operand<TFloat32>> stage : stages.entrySet()) {
            // One at a time: all of them together may not fit into memory.
            FloatArray values = feed(batch).fetch(stage.getValue()).execute().get(0);
            if (!finite(values.values())) {
                return Optional.of(stage.getKey());
            }
        }
        return Optional.empty();
    }

    /** weight·‖scale·output − target‖² averaged over an image's values, (N, C, H, W) to (N); velocity has neither scale nor weight. */
    private Operand<TFloat32> losses(Ops tf) {
        Operand<TFloat32> compared = weighted
                ? tf.math.mul(prediction, tf.reshape(scales, tf.constant(new int[] {-1, 1, 1, 1})))
                : prediction;
        Operand<TFloat32> means =
                tf.math.mean(tf.math.squaredDifference(compared, target), tf.constant(new int[] {1, 2, 3}));
        return weighted ? tf.math.mul(means, weights) : means;
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

    private BatchPass<?> pass(Ops tf, Dit dit, Precision precision, Kernels kernels) {
        BatchPass.Inputs inputs = new BatchPass.Inputs(position, times, labels);
        return precision == Precision.BF16
                ? new BatchPass<>(graph, tf, dit, plan, options.pass(), kernels, ComputeType.bf16(tf), inputs)
                : new BatchPass<>(graph, tf, dit, plan, options.pass(), kernels, ComputeType.fp32(tf), inputs);
    }
}
