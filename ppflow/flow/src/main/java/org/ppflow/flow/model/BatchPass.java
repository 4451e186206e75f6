package org.ppflow.flow.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.TokenLayout;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.GradientGraph;
import org.ppflow.nn.graph.GradientSums;
import org.ppflow.nn.graph.Kernels;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.layer.Linear;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Forward and backward pass of a batch whose images per level are fixed. Conditioning and modulation of all images are computed together;
 * tokens go through the blocks as the packing arranges them.
 *
 * <p>Dimensions: N images, C × H × W latent, L tokens of a level, D width, R rows of tokens.
 *
 * @param <T> type of the blocks' products
 */
public final class BatchPass<T extends TNumber> {
    private final Graph graph;
    private final Dit dit;
    private final Options options;
    private final Kernels kernels;
    private final ComputeType<T> type;
    private final ComputeType<TFloat32> exact;
    private final Operand<TFloat32> activated;
    private final List<Operand<TFloat32>> modulations = new ArrayList<>();
    private final Operand<TFloat32> finalModulation;
    private final List<Chain> chains = new ArrayList<>();
    private final Operand<TFloat32> prediction;

    /**
     * How it is done.
     *
     * @param packing of levels
     * @param recompute whether the backward pass computes each block's inside again, for memory of one block instead of all
     */
    public record Options(Packing packing, boolean recompute) {}

    /**
     * What the pass is fed, rows ordered by level.
     *
     * @param position x_t, (N, C, H, W)
     * @param times (N)
     * @param labels (N)
     */
    public record Inputs(Operand<TFloat32> position, Operand<TFloat32> times, Operand<TInt32> labels) {}

    /**
     * What the backward pass found.
     *
     * @param sums gradients of all trainable variables
     * @param position gradient of x_t, (N, C, H, W)
     */
    public record Gradients(GradientSums sums, Operand<TFloat32> position) {}

    /** A level's part of a chain. */
    private record Ends(
            TokenLayout.Group group,
            LevelProjections projections,
            Operand<TFloat32> position,
            Operand<TFloat32> embedded,
            Operand<TFloat32> normalized,
            Operand<TFloat32> finalTokens,
            Operand<TFloat32> velocity) {}

    /** Images that pass the blocks together. */
    private final class Chain {
        private final BlockPass.Setting<T> setting;
        private final List<Ends> ends = new ArrayList<>();
        private final List<Operand<TFloat32>> streams = new ArrayList<>();
        private final List<BlockPass<T>> passes = new ArrayList<>();

        Chain(Ops tf, TokenArrangement arrangement, Inputs inputs) {
            TokenLayout layout = arrangement.layout();
            this.setting = new BlockPass.Setting<>(
                    new TokenKernels(layout, dit.config().hidden(), kernels), arrangement.attention(), type);
            List<Operand<TFloat32>> positions = new ArrayList<>();
            List<Operand<TFloat32>> embedded = new ArrayList<>();
            List<Operand<TFloat32>> rows = new ArrayList<>();
            for (TokenLayout.Group group : layout.groups()) {
                Operand<TFloat32> position = tf.slice(
                        inputs.position(),
                        tf.constant(new int[] {group.firstImage(), 0, 0, 0}),
                        tf.constant(new int[] {group.images(), -1, -1, -1}));
                positions.add(position);
                // (n, C, H, W) -> (n, L, D) -> (n·L, D)
                embedded.add(dit.projections(group.level()).embed(tf, position, dit.config()));
                rows.add(tf.reshape(embedded.get(embedded.size() - 1), tf.constant(new int[] {group.rows(), width()})));
            }
            Operand<TFloat32> stream = rows.size() == 1 ? rows.get(0) : tf.concat(rows, tf.constant(0));
            for (int block = 0; block < modulations.size(); block++) {
                streams.add(stream);
                BlockPass<T> pass =
                        new BlockPass<>(tf, setting, dit.blocks().get(block), stream, modulations.get(block));
                passes.add(pass);
                stream = pass.output();
            }
            streams.add(stream);
            Operand<TFloat32> normalized =
                    setting.kernels().modulatedNorm(tf, stream, finalModulation, 0, TFloat32.class);
            for (int i = 0; i < layout.groups().size(); i++) {
                TokenLayout.Group group = layout.groups().get(i);
                LevelProjections own = dit.projections(group.level());
                Operand<TFloat32> part = rows(tf, normalized, layout, i);
                // (n·L, D) -> (n·L, area · output channels) -> (n, C, H, W)
                Operand<TFloat32> tokens = own.output().apply(tf, part);
                ends.add(new Ends(
                        group,
                        own,
                        positions.get(i),
                        embedded.get(i),
                        part,
                        tokens,
                        own.assemble(tf, tokens, dit.config())));
            }
        }

        /** Gradients of the modulations of this chain's images: of each block, then of the final layer. */
        List<Operand<TFloat32>> backward(
                Ops tf, Operand<TFloat32> gradient, GradientSums sums, List<Operand<TFloat32>> positions) {
            TokenLayout layout = setting.kernels().layout();
            List<Operand<TFloat32>> found = new ArrayList<>();
            List<Operand<TFloat32>> parts = new ArrayList<>();
            for (Ends end : ends) {
                Operand<TFloat32> own = tf.slice(
                        gradient,
                        tf.constant(new int[] {end.group().firstImage(), 0, 0, 0}),
                        tf.constant(new int[] {end.group().images(), -1, -1, -1}));
                Operand<TFloat32> tokens = GradientGraph.of(
                                graph, List.of(end.velocity()), List.of(own), List.of(end.finalTokens()))
                        .get(0);
                parts.add(end.projections().output().gradient(tf, exact, end.normalized(), tokens, sums));
            }
            TokenKernels.NormGradient last = setting.kernels()
                    .normGradient(
                            tf,
                            streams.get(streams.size() - 1),
                            parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0)),
                            finalModulation,
                            0,
                            Optional.empty());
            Operand<TFloat32> stream = last.input();
            for (int block = passes.size() - 1; block >= 0; block--) {
                BlockPass.Gradient step = pass(tf, block, stream).backward(tf, stream, sums);
                found.add(0, step.modulation());
                stream = step.input();
            }
            found.add(tf.concat(List.of(last.shift(), last.scale()), tf.constant(1)));
            for (int i = 0; i < ends.size(); i++) {
                embedGradients(tf, ends.get(i), rows(tf, stream, layout, i), sums, positions);
            }
            return found;
        }

        /** A block as the forward pass left it, or once more, not before its gradient is there. */
        private BlockPass<T> pass(Ops tf, int block, Operand<TFloat32> gradient) {
            if (!options.recompute()) {
                return passes.get(block);
            }
            Ops late = tf.withControlDependencies(gradient);
            return new BlockPass<>(
                    tf, setting, dit.blocks().get(block), late.identity(streams.get(block)), modulations.get(block));
        }

        private void embedGradients(
                Ops tf, Ends end, Operand<TFloat32> rows, GradientSums sums, List<Operand<TFloat32>> positions) {
            TokenLayout.Group group = end.group();
            Variable weight = end.projections().weight();
            Variable bias = end.projections().bias();
            Operand<TFloat32> gradient =
                    tf.reshape(rows, tf.constant(new int[] {group.images(), group.tokens(), width()}));
            List<Operand<TFloat32>> gradients = GradientGraph.of(
                    graph,
                    List.of(end.embedded()),
                    List.of(gradient),
                    List.of(weight.value(), bias.value(), end.position()));
            sums.add(weight, gradients.get(0));
            sums.add(bias, gradients.get(1));
            positions.add(gradients.get(2));
        }

        private Operand<TFloat32> rows(Ops tf, Operand<TFloat32> all, TokenLayout layout, int group) {
            return layout.groups().size() == 1
                    ? all
                    : tf.slice(all, tf.constant(new int[] {layout.firstRow(group), 0}), tf.constant(new int[] {
                        layout.groups().get(group).rows(), -1
                    }));
        }
    }

    /**
     * Adds the forward pass.
     *
     * @param graph of tf
     * @param dit the network
     * @param plan images of each level
     * @param type of the blocks' products
     * @throws IllegalArgumentException if images do not fill the rows of a packing that has rows
     */
    public BatchPass(
            Graph graph,
            Ops tf,
            Dit dit,
            BatchPlan plan,
            Options options,
            Kernels kernels,
            ComputeType<T> type,
            Inputs inputs) {
        this.graph = graph;
        this.dit = dit;
        this.options = options;
        this.kernels = kernels;
        this.type = type;
        this.exact = ComputeType.fp32(tf);
        this.activated = dit.activated(tf, plan, inputs.times(), inputs.labels());
        for (DitBlock block : dit.blocks()) {
            modulations.add(block.modulation().apply(tf, activated));
        }
        this.finalModulation = dit.finalModulation().apply(tf, activated);
        List<Integer> tokens = new ArrayList<>();
        for (int level = 0; level < plan.counts().size(); level++) {
            tokens.add(dit.projections(level).patchify().tokens());
        }
        List<Operand<TFloat32>> velocities = new ArrayList<>();
        for (TokenArrangement arrangement : TokenArrangement.of(tf, options.packing(), plan, tokens, dit.config())) {
            Ops scope = tf.withSubScope("chain" + chains.size());
            Chain chain = new Chain(scope, arrangement, inputs);
            chains.add(chain);
            chain.ends.forEach(end -> velocities.add(end.velocity()));
        }
        this.prediction = velocities.size() == 1 ? velocities.get(0) : tf.concat(velocities, tf.constant(0));
    }

    /** Output of the network, (N, C, H, W). */
    public Operand<TFloat32> prediction() {
        return prediction;
    }

    /** What the forward pass goes through, in its order, by name. */
    public Map<String, Operand<TFloat32>> stages() {
        Map<String, Operand<TFloat32>> stages = new LinkedHashMap<>();
        stages.put("conditioning", activated);
        for (Chain chain : chains) {
            String name = chain.ends.size() == 1
                    ? "level " + chain.ends.get(0).group().level()
                    : "all levels";
            stages.put(name + ", tokens", chain.streams.get(0));
            for (int block = 0; block < chain.passes.size(); block++) {
                stages.put(name + ", block " + block, chain.streams.get(block + 1));
            }
        }
        return stages;
    }

    /**
     * Adds the backward pass.
     *
     * @param gradient of the prediction, (N, C, H, W)
     */
    public Gradients backward(Ops tf, Operand<TFloat32> gradient) {
        GradientSums sums = new GradientSums();
        List<Operand<TFloat32>> positions = new ArrayList<>();
        List<List<Operand<TFloat32>>> found = new ArrayList<>();
        for (int chain = 0; chain < chains.size(); chain++) {
            found.add(
                    chains.get(chain).backward(tf.withSubScope("chain" + chain + "_back"), gradient, sums, positions));
        }
        List<Operand<TFloat32>> conditioning = new ArrayList<>();
        for (int i = 0; i <= modulations.size(); i++) {
            int part = i;
            List<Operand<TFloat32>> images =
                    found.stream().map(chain -> chain.get(part)).toList();
            Linear layer = i < modulations.size() ? dit.blocks().get(i).modulation() : dit.finalModulation();
            // chains × (n, 6D) -> (N, 6D) -> (N, D)
            Operand<TFloat32> all = images.size() == 1 ? images.get(0) : tf.concat(images, tf.constant(0));
            conditioning.add(layer.gradient(tf, exact, activated, all, sums));
        }
        List<Variable> embedders = dit.conditioningVariables();
        List<Operand<TFloat32>> gradients = GradientGraph.of(
                graph,
                List.of(activated),
                List.of(tf.math.addN(conditioning)),
                embedders.stream().map(Variable::value).toList());
        for (int i = 0; i < embedders.size(); i++) {
            sums.add(embedders.get(i), gradients.get(i));
        }
        return new Gradients(sums, positions.size() == 1 ? positions.get(0) : tf.concat(positions, tf.constant(0)));
    }

    private int width() {
        return dit.config().hidden();
    }
}
