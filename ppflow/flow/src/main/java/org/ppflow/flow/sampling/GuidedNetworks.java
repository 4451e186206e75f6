package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.sampling.LevelNetworks.Differentiated;
import org.ppflow.nn.array.FloatArray;

/**
 * Networks that are guided with each level's scale. Rows may have different times: those of one level that are alike in being guided
 * pass together. Both branches of classifier-free guidance share one run of the network: rows with class first, then rows without.
 *
 * @param networks the levels
 * @param guidance scale of each level
 * @param boundary which level a time on a boundary belongs to
 * @param guide a weaker network in place of the one without class, with levels of its own and without guidance of its own
 * @param listener told of every evaluation
 */
public record GuidedNetworks(
        LevelNetworks networks,
        Guidance guidance,
        Boundary boundary,
        Optional<GuidedNetworks> guide,
        EvaluationListener listener) {
    public GuidedNetworks {
        guidance.requireLevels(networks.schedule().count());
    }

    /** Classifier-free guidance with half-open levels. */
    public GuidedNetworks(LevelNetworks networks, Guidance guidance) {
        this(networks, guidance, Boundary.HALF_OPEN, Optional.empty(), EvaluationListener.NONE);
    }

    /**
     * One level for all times, guided with its own scale.
     *
     * @throws IllegalArgumentException if the guide has other levels
     */
    GuidedNetworks ofLevel(int level) {
        LevelSchedule own = networks.schedule();
        guide.map(weak -> weak.networks.schedule()).ifPresent(weak -> {
            if (!weak.levels().equals(own.levels()) || weak.representation() != own.representation()) {
                throw new IllegalArgumentException("guide: " + weak.name() + ", where the model is " + own.name()
                        + ": a stage is guided by the same stage");
            }
        });
        return new GuidedNetworks(
                new OneLevel(networks, level),
                guidance.ofLevel(level),
                boundary,
                guide.map(weak -> weak.ofLevel(level)),
                (only, second, rows) -> listener.evaluated(level, second, rows));
    }

    /**
     * Guided output.
     *
     * @param x states, [N, C, H, W]
     * @param times time of each row; beyond [0, 1] the first or the last level answers
     * @param labels class of each row
     * @return output, same shape as x; channels that are not guided have the output of the class
     */
    public FloatArray output(FloatArray x, double[] times, int[] labels) {
        List<Group> groups = groups(times);
        if (groups.size() == 1) {
            return output(groups.get(0), x, times, labels);
        }
        FloatArray all = FloatArray.zeros(x.shape());
        for (Group group : groups) {
            group.scatter(output(group, group.of(x), group.of(times), group.of(labels)), all);
        }
        return all;
    }

    /**
     * Guided output with its vector–Jacobian product.
     *
     * @param cotangent c, same shape as x
     */
    public Differentiated differentiate(FloatArray x, double[] times, int[] labels, FloatArray cotangent) {
        FloatArray output = FloatArray.zeros(x.shape());
        FloatArray product = FloatArray.zeros(x.shape());
        for (Group group : groups(times)) {
            Differentiated part =
                    differentiate(group, group.of(x), group.of(times), group.of(labels), group.of(cotangent));
            group.scatter(part.output(), output);
            group.scatter(part.product(), product);
        }
        return new Differentiated(output, product);
    }

    private FloatArray output(Group group, FloatArray x, double[] t, int[] labels) {
        float[] times = floats(t);
        listener.evaluated(group.level, group.guided, labels.length);
        if (!group.guided) {
            return networks.output(group.level, x, times, labels);
        }
        double scale = guidance.scale(group.level);
        if (guide.isPresent()) {
            FloatArray strong = networks.output(group.level, x, times, labels);
            return combine(strong, guide.get().output(x, t, labels), scale);
        }
        FloatArray both = networks.output(group.level, joined(x, x), twice(times), withNullClass(labels));
        return combine(both.slice(0, labels.length), both.slice(labels.length, 2 * labels.length), scale);
    }

    private Differentiated differentiate(Group group, FloatArray x, double[] t, int[] labels, FloatArray cotangent) {
        listener.evaluated(group.level, group.guided, labels.length);
        if (!group.guided) {
            return networks.differentiate(group.level, x, floats(t), labels, cotangent);
        }
        double scale = guidance.scale(group.level);
        if (guide.isPresent()) {
            Differentiated strong =
                    networks.differentiate(group.level, x, floats(t), labels, scaled(cotangent, scale, 1));
            Differentiated weak = guide.get().differentiate(x, t, labels, scaled(cotangent, 1 - scale, 0));
            return new Differentiated(
                    combine(strong.output(), weak.output(), scale), sum(strong.product(), weak.product()));
        }
        Differentiated both = networks.differentiate(
                group.level,
                joined(x, x),
                twice(floats(t)),
                withNullClass(labels),
                joined(scaled(cotangent, scale, 1), scaled(cotangent, 1 - scale, 0)));
        int rows = labels.length;
        return new Differentiated(
                combine(both.output().slice(0, rows), both.output().slice(rows, 2 * rows), scale),
                sum(both.product().slice(0, rows), both.product().slice(rows, 2 * rows)));
    }

    /** weak + scale·(strong − weak) on guided channels, strong on the others. */
    private FloatArray combine(FloatArray strong, FloatArray weak, double scale) {
        float[] result = strong.values().clone();
        int rowSize = strong.rowSize();
        int guided = guidedSize(strong.shape());
        for (int row = 0; row < strong.rows(); row++) {
            for (int i = row * rowSize; i < row * rowSize + guided; i++) {
                double base = weak.values()[i];
                result[i] = (float) (base + scale * (result[i] - base));
            }
        }
        return new FloatArray(strong.shape(), result);
    }

    /** Guided channels with one factor, the others with another. */
    private FloatArray scaled(FloatArray x, double guided, double others) {
        float[] values = new float[x.values().length];
        int rowSize = x.rowSize();
        int first = guidedSize(x.shape());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (x.values()[i] * (i % rowSize < first ? guided : others));
        }
        return new FloatArray(x.shape(), values);
    }

    private static FloatArray joined(FloatArray first, FloatArray second) {
        int[] shape = first.shape().clone();
        shape[0] += second.rows();
        float[] values = Arrays.copyOf(first.values(), first.values().length + second.values().length);
        System.arraycopy(second.values(), 0, values, first.values().length, second.values().length);
        return new FloatArray(shape, values);
    }

    private static FloatArray sum(FloatArray first, FloatArray second) {
        float[] values = new float[first.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = first.values()[i] + second.values()[i];
        }
        return new FloatArray(first.shape(), values);
    }

    private int guidedSize(int... shape) {
        int channels =
                guidance.channels() == Guidance.ALL_CHANNELS ? shape[1] : Math.min(shape[1], guidance.channels());
        return channels * shape[2] * shape[3];
    }

    private int[] withNullClass(int... labels) {
        int[] doubled = Arrays.copyOf(labels, 2 * labels.length);
        Arrays.fill(doubled, labels.length, doubled.length, networks.nullClass());
        return doubled;
    }

    private static float[] twice(float... times) {
        float[] doubled = Arrays.copyOf(times, 2 * times.length);
        System.arraycopy(times, 0, doubled, times.length, times.length);
        return doubled;
    }

    private static float[] floats(double... times) {
        float[] floats = new float[times.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) times[i];
        }
        return floats;
    }

    private List<Group> groups(double... times) {
        Map<Integer, List<Integer>> rows = new TreeMap<>();
        for (int row = 0; row < times.length; row++) {
            int level = networks.schedule().levelAt(Math.max(0, Math.min(1, times[row])), boundary);
            int key = 2 * level + (guidance.activeAt(level, times[row]) ? 1 : 0);
            rows.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
        }
        List<Group> groups = new ArrayList<>();
        rows.forEach((key, members) -> groups.add(new Group(
                key / 2,
                key % 2 == 1,
                members.stream().mapToInt(Integer::intValue).toArray())));
        return groups;
    }

    /** Rows that pass together. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Group(int level, boolean guided, int[] rows) {
        FloatArray of(FloatArray all) {
            int[] shape = all.shape().clone();
            shape[0] = rows.length;
            FloatArray some = FloatArray.zeros(shape);
            int size = all.rowSize();
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(all.values(), rows[i] * size, some.values(), i * size, size);
            }
            return some;
        }

        double[] of(double... all) {
            return Arrays.stream(rows).mapToDouble(row -> all[row]).toArray();
        }

        int[] of(int... all) {
            return Arrays.stream(rows).map(row -> all[row]).toArray();
        }

        void scatter(FloatArray some, FloatArray all) {
            int size = all.rowSize();
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(some.values(), i * size, all.values(), rows[i] * size, size);
            }
        }
    }
}
