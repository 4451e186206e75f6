package org.ppflow.flow.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;

/**
 * Makes the weights of a PPFlow from those of a SiT (paper, section 3.3): the blocks as they are, the finest level with the SiT's
 * own projections and position table, each coarser level with projections made from them by a rule and positions as {@link GrownPositions} says, the level table anew. A
 * pyramid's stages share the SiT's projections.
 *
 * @param rule how patch projections grow
 * @param levelTable how the level table starts
 * @param seed of a normal level table
 */
public record WarmStart(WarmStartRule rule, LevelTableStart levelTable, long seed) {
    /** How the level table starts; the SiT has none. */
    public enum LevelTableStart {
        /** Zero: at the start no level is told from another. */
        @JsonProperty("zero")
        ZERO,
        /** N(0, 0.02²), as the published code. */
        @JsonProperty("normal")
        NORMAL
    }

    /**
     * The network that a schedule makes of a SiT.
     *
     * @param levelTable whether it has one; a pyramid never has
     * @throws IllegalArgumentException if its patches are no multiples of the SiT's, or do not divide the latent
     */
    public static ModelDescription target(ModelDescription sit, LevelSchedule schedule, boolean levelTable) {
        DitConfig config = sit.config();
        if (sit.schedule().count() != 1) {
            throw new IllegalArgumentException("a warm start needs a SiT, this network has "
                    + sit.schedule().count() + " levels");
        }
        if (!schedule.finestPatch().equals(sit.schedule().finestPatch())) {
            throw new IllegalArgumentException("the last level's patch " + schedule.finestPatch()
                    + " must be the SiT's " + sit.schedule().finestPatch());
        }
        schedule.levels().forEach(level -> {
            if (!level.patch().isMultipleOf(schedule.finestPatch())) {
                throw new IllegalArgumentException(
                        "patch " + level.patch() + " is no multiple of the SiT's " + schedule.finestPatch());
            }
        });
        DitConfig grown = new DitConfig(
                config.channels(),
                config.height(),
                config.width(),
                config.depth(),
                config.hidden(),
                config.heads(),
                config.mlpRatio(),
                config.classes(),
                config.classDropout(),
                config.learnSigma(),
                levelTable && !schedule.representation().isPyramid(),
                config.alignment());
        return new ModelDescription(grown, schedule, sit.transport());
    }

    /**
     * The tensors of the new network, made one at a time as they are written.
     *
     * @param sit weights of the SiT; stays open until they are written
     * @param target from {@link #target}
     * @throws BadInputException if a tensor of the SiT is missing; whether all are those of its network, {@link ModelWeights#requireTensors} says
     */
    public List<TensorSource> tensors(TensorFile sit, ModelDescription target) throws IOException {
        LevelSchedule schedule = target.schedule();
        DitConfig config = target.config();
        List<TensorSource> tensors = new ArrayList<>();
        for (String name : sit.names()) {
            if (!name.equals(TensorNames.POSITIONS)) {
                tensors.add(
                        sit.info(name).type() == TensorType.F32
                                ? TensorSource.copy(sit, name)
                                : TensorSource.convert(sit, name, TensorType.F32));
            }
        }
        int levels = schedule.count();
        GrownPositions positions = new GrownPositions(sit.floats(TensorNames.POSITIONS), config, schedule);
        for (int level = 0; level < levels; level++) {
            if (level < levels - 1 && !schedule.representation().isPyramid()) {
                addProjections(sit, target, level, tensors);
            }
            tensors.add(TensorSource.floats(TensorNames.positions(level, levels), positions.of(level)));
        }
        if (config.levelTable()) {
            int[] shape = {levels, config.hidden()};
            FloatArray table = levelTable == LevelTableStart.ZERO
                    ? FloatArray.zeros(shape)
                    : new FloatArray(
                            shape,
                            Initializer.normal(0.02).values(RandomStream.of(seed, Purpose.INITIAL_WEIGHT, 0), shape));
            tensors.add(TensorSource.floats(TensorNames.LEVEL_TABLE, table));
        }
        return tensors;
    }

    private void addProjections(TensorFile sit, ModelDescription target, int level, List<TensorSource> tensors)
            throws IOException {
        DitConfig config = target.config();
        LevelSchedule schedule = target.schedule();
        Patchify patchify =
                Patchify.of(schedule.level(level).patch(), schedule.finestPatch(), config.height(), config.width());
        String from = TensorNames.patchProjection(0, 1);
        String to = TensorNames.patchProjection(level, schedule.count());
        tensors.add(TensorSource.floats(to + ".weight", inputWeight(sit.floats(from + ".weight"), patchify)));
        tensors.add(TensorSource.floats(to + ".bias", sit.floats(from + ".bias")));
        String outFrom = TensorNames.output(0, 1);
        String outTo = TensorNames.output(level, schedule.count());
        int channels = config.outputChannels();
        tensors.add(TensorSource.floats(
                outTo + ".weight", outputRows(sit.floats(outFrom + ".weight"), patchify, channels)));
        FloatArray bias = sit.floats(outFrom + ".bias");
        FloatArray column = bias.reshaped(bias.rows(), 1);
        FloatArray grown = outputRows(column, patchify, channels);
        tensors.add(TensorSource.floats(outTo + ".bias", grown.reshaped(grown.rows())));
    }

    /** [D, C, P, Q] to [D, C·a·b, P, Q]: entry (c·a·b + i·b + j, p, q) acts on pixel (p·a + i, q·b + j). */
    private FloatArray inputWeight(FloatArray weight, Patchify patchify) {
        int rows = patchify.base().rows();
        int columns = patchify.base().columns();
        int down = patchify.patch().rows() / rows;
        int across = patchify.patch().columns() / columns;
        double[][] vertical = rule.input(rows, down);
        double[][] horizontal = rule.input(columns, across);
        int hidden = weight.shape()[0];
        int channels = weight.shape()[1];
        int plane = rows * columns;
        float[] grown = new float[Math.multiplyExact(weight.values().length, down * across)];
        int place = 0;
        for (int unit = 0; unit < hidden * channels; unit++) {
            for (int sub = 0; sub < down * across; sub++) {
                for (int pixel = 0; pixel < plane; pixel++) {
                    double[] byRow = vertical[pixel / columns * down + sub / across];
                    double[] byColumn = horizontal[pixel % columns * across + sub % across];
                    double sum = 0;
                    for (int source = 0; source < plane; source++) {
                        sum += byRow[source / columns]
                                * byColumn[source % columns]
                                * weight.values()[unit * plane + source];
                    }
                    grown[place++] = (float) sum;
                }
            }
        }
        return new FloatArray(new int[] {hidden, channels * down * across, rows, columns}, grown);
    }

    /** [P·Q·K, D] to [P·Q·K·a·b, D]: row ((p·Q + q)·K + k)·a·b + i·b + j is pixel (p·a + i, q·b + j) of channel k. */
    private FloatArray outputRows(FloatArray weight, Patchify patchify, int channels) {
        int rows = patchify.base().rows();
        int columns = patchify.base().columns();
        int down = patchify.patch().rows() / rows;
        int across = patchify.patch().columns() / columns;
        double[][] vertical = rule.output(rows, down);
        double[][] horizontal = rule.output(columns, across);
        int width = weight.shape()[1];
        int merged = down * across;
        float[] grown = new float[Math.multiplyExact(weight.values().length, merged)];
        double[] sums = new double[width];
        for (int row = 0; row < grown.length / width; row++) {
            int sub = row % merged;
            int channel = row / merged % channels;
            int pixel = row / merged / channels;
            double[] byRow = vertical[pixel / columns * down + sub / across];
            double[] byColumn = horizontal[pixel % columns * across + sub % across];
            java.util.Arrays.fill(sums, 0);
            for (int source = 0; source < rows * columns; source++) {
                double share = byRow[source / columns] * byColumn[source % columns];
                int start = (source * channels + channel) * width;
                for (int i = 0; share != 0 && i < width; i++) {
                    sums[i] += share * weight.values()[start + i];
                }
            }
            for (int i = 0; i < width; i++) {
                grown[row * width + i] = (float) sums[i];
            }
        }
        return new FloatArray(new int[] {grown.length / width, width}, grown);
    }
}
