package org.ppflow.flow.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableScope;
import org.ppflow.nn.layer.Activations;
import org.ppflow.nn.layer.Embedding;
import org.ppflow.nn.layer.Linear;
import org.ppflow.nn.layer.TimestepEmbedding;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The diffusion transformer of SiT and PPFlow on one variable scope: every level has its own projections (the stages of a pyramid share
 * one) and position table, all levels call the same blocks. Making one creates all variables of all levels, so that a file of weights is complete
 * whatever sub-graph is built.
 *
 * <p>Dimensions: n images, C × H × W latent, L tokens of the level, D hidden size.
 */
public final class Dit {
    private final DitConfig config;
    private final LevelSchedule schedule;
    private final TimestepEmbedding times;
    private final Embedding labels;
    private final @Nullable Embedding levelTable;
    private final List<DitBlock> blocks = new ArrayList<>();
    private final Linear finalModulation;
    private final List<LevelProjections> projections = new ArrayList<>();

    /**
     * What a forward pass goes through, for comparing layer by layer.
     *
     * @param tokens after patch embedding and positions, (n, L, D)
     * @param conditioning time + label + level, (n, D)
     * @param blocks output of each block, (n, L, D)
     * @param finalTokens output of the final layer, (n·L, patch area · output channels)
     * @param velocity (n, C, H, W)
     */
    public record Pass(
            Operand<TFloat32> tokens,
            Operand<TFloat32> conditioning,
            List<Operand<TFloat32>> blocks,
            Operand<TFloat32> finalTokens,
            Operand<TFloat32> velocity) {}

    /**
     * Gets or creates the variables.
     *
     * @param scope root of a store, named as the published state dicts
     * @throws IllegalArgumentException if a level's patch does not divide the latent
     */
    public Dit(VariableScope scope, DitConfig config, LevelSchedule schedule) {
        schedule.requireTiles(config.height(), config.width());
        this.config = config;
        this.schedule = schedule;
        int hidden = config.hidden();
        this.times = TimestepEmbedding.in(scope.child("t_embedder"), hidden);
        this.labels = Embedding.in(scope.child("y_embedder"), config.labelRows(), hidden);
        this.levelTable =
                config.levelTable() ? Embedding.in(scope.child("level_embedder"), schedule.count(), hidden) : null;
        for (int i = 0; i < config.depth(); i++) {
            blocks.add(DitBlock.in(scope.child("blocks").child(i), config));
        }
        this.finalModulation = Linear.in(
                scope.child("final_layer").child("adaLN_modulation").child(1), hidden, 2 * hidden, Initializer.zeros());
        for (int level = 0; level < schedule.count(); level++) {
            projections.add(LevelProjections.in(scope, config, schedule, level));
        }
    }

    /** The blocks, from the input on. */
    List<DitBlock> blocks() {
        return List.copyOf(blocks);
    }

    /** What a level has of its own. */
    LevelProjections projections(int level) {
        return projections.get(level);
    }

    /** D → 2D: shift and scale of the final layer. */
    Linear finalModulation() {
        return finalModulation;
    }

    /**
     * SiLU of the conditioning of a batch ordered by level, (N, D).
     *
     * @param t (N)
     * @param y (N)
     */
    Operand<TFloat32> activated(Ops tf, BatchPlan plan, Operand<TFloat32> t, Operand<TInt32> y) {
        Operand<TFloat32> conditioning = tf.math.add(times.apply(tf, t), labels.lookUp(tf, y));
        if (levelTable != null) {
            int[] levels = new int[plan.batch()];
            Arrays.setAll(levels, plan::levelOf);
            conditioning = tf.math.add(conditioning, levelTable.lookUp(tf, tf.constant(levels)));
        }
        return Activations.silu(tf, conditioning);
    }

    /** The variables behind {@link #activated}. */
    List<Variable> conditioningVariables() {
        List<Variable> variables = new ArrayList<>(List.of(
                times.first().weight(),
                times.first().bias(),
                times.second().weight(),
                times.second().bias(),
                labels.table()));
        if (levelTable != null) {
            variables.add(levelTable.table());
        }
        return variables;
    }

    /** What it is. */
    public DitConfig config() {
        return config;
    }

    /** Its levels. */
    public LevelSchedule schedule() {
        return schedule;
    }

    /**
     * Adds the sub-graph of one level.
     *
     * @param level index from the coarsest
     * @param x x_t, (n, C, H, W)
     * @param t times, (n), all of that level
     * @param y classes, (n), {@link DitConfig#nullClass()} for none
     */
    public Pass forward(Ops tf, int level, Operand<TFloat32> x, Operand<TFloat32> t, Operand<TInt32> y) {
        LevelProjections own = projections.get(level);
        int tokens = own.patchify().tokens();
        Operand<TFloat32> embedded = own.embed(tf, x, config);
        Operand<TFloat32> conditioning = tf.math.add(times.apply(tf, t), labels.lookUp(tf, y));
        if (levelTable != null) {
            conditioning = tf.math.add(conditioning, levelTable.row(tf, level));
        }
        Operand<TFloat32> activated = Activations.silu(tf, conditioning);
        List<Operand<TFloat32>> outputs = new ArrayList<>(blocks.size());
        Operand<TFloat32> stream = embedded;
        for (DitBlock block : blocks) {
            stream = block.apply(tf, stream, activated, tokens);
            outputs.add(stream);
        }
        List<Operand<TFloat32>> parts = Modulation.split(tf, finalModulation.apply(tf, activated), 2, config.hidden());
        Operand<TFloat32> normalized = Modulation.normalized(tf, stream, parts.get(0), parts.get(1));
        // (n, L, D) -> (n·L, D) -> (n·L, area · output channels)
        Operand<TFloat32> finalTokens =
                own.output().apply(tf, tf.reshape(normalized, tf.constant(new int[] {-1, config.hidden()})));
        return new Pass(embedded, conditioning, outputs, finalTokens, own.assemble(tf, finalTokens, config));
    }
}
