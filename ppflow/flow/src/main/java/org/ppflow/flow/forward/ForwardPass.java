package org.ppflow.flow.forward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.sampling.EvaluationListener;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.GuidedNetworks;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * Runs a network over given states. Rows may have different times: they are grouped by level, and each group passes its level's
 * sub-graph some rows at a time, so memory is bounded by those, beside input and output.
 *
 * @param graph the network
 * @param guidance scale of each level
 * @param boundary which level a time on a boundary belongs to
 * @param rows how many pass the network at a time; twice as many where a level is guided
 */
public record ForwardPass(SamplingGraph graph, Guidance guidance, Boundary boundary, int rows) {
    public ForwardPass {
        guidance.requireLevels(graph.schedule().count());
        if (graph.schedule().representation().isPyramid()) {
            throw BadInputException.at("schedule " + graph.schedule().name())
                    .found("a pyramid, whose stages t does not tell apart")
                    .expected("a network whose levels follow from t")
                    .build();
        }
        if (rows < 1) {
            throw new IllegalArgumentException("rows: " + rows + " must be at least 1");
        }
        boolean guided = false;
        for (int level = 0; level < graph.schedule().count(); level++) {
            guided |= guidance.active(level);
        }
        if (guided && !graph.description().config().hasNullClass()) {
            throw new IllegalArgumentException(
                    "guidance: this network has no null class (class_dropout 0), so its scales must be 1");
        }
    }

    /**
     * Velocity of each row, [N, C, H, W].
     *
     * @param done told how many rows are done
     */
    public FloatArray velocity(ForwardInput input, IntConsumer done) {
        GuidedNetworks networks =
                new GuidedNetworks(graph, guidance, boundary, Optional.empty(), EvaluationListener.NONE);
        FloatArray velocity = FloatArray.zeros(input.x().shape());
        int finished = 0;
        for (Chunk chunk : chunks(input)) {
            scatter(networks.output(chunk.x, chunk.times(input), chunk.y), chunk.rows, velocity);
            finished += chunk.rows.size();
            done.accept(finished);
        }
        return velocity;
    }

    /**
     * What the rows go through with their own class, without guidance: {@code tokens}, {@code cond}, {@code block0} …,
     * {@code final_tokens} as {@link SamplingGraph#layers} says, with {@code levelI/} before the names, and {@code levelI/rows}, where the
     * schedule has several levels. All of it is in memory.
     */
    public Map<String, FloatArray> layers(ForwardInput input) {
        Map<String, FloatArray> all = new LinkedHashMap<>();
        boolean several = graph.schedule().count() > 1;
        for (int level = 0; level < graph.schedule().count(); level++) {
            String prefix = several ? "level" + level + "/" : "";
            List<Integer> members = rowsOf(input, level);
            Map<String, List<FloatArray>> parts = new LinkedHashMap<>();
            for (Chunk chunk : chunks(input, level, members)) {
                graph.layers(level, chunk.x, chunk.t, chunk.y)
                        .forEach((name, values) -> parts.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(values));
            }
            parts.remove("velocity");
            parts.forEach((name, values) -> all.put(prefix + name, joined(values)));
            if (several && !members.isEmpty()) {
                float[] numbers = new float[members.size()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = members.get(i);
                }
                all.put(prefix + "rows", FloatArray.vector(numbers));
            }
        }
        return all;
    }

    /** Rows of one level that pass together. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(int level, List<Integer> rows, FloatArray x, float[] t, int[] y) {
        double[] times(ForwardInput input) {
            return rows.stream().mapToDouble(row -> input.t()[row]).toArray();
        }
    }

    private List<Chunk> chunks(ForwardInput input) {
        List<Chunk> chunks = new ArrayList<>();
        for (int level = 0; level < graph.schedule().count(); level++) {
            chunks.addAll(chunks(input, level, rowsOf(input, level)));
        }
        return chunks;
    }

    private List<Chunk> chunks(ForwardInput input, int level, List<Integer> members) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < members.size(); from += rows) {
            List<Integer> part = members.subList(from, Math.min(members.size(), from + rows));
            int[] shape = input.x().shape().clone();
            shape[0] = part.size();
            FloatArray x = FloatArray.zeros(shape);
            float[] t = new float[part.size()];
            int[] y = new int[part.size()];
            int size = input.x().rowSize();
            for (int i = 0; i < part.size(); i++) {
                int row = part.get(i);
                System.arraycopy(input.x().values(), row * size, x.values(), i * size, size);
                t[i] = (float) input.t()[row];
                y[i] = input.y()[row];
            }
            chunks.add(new Chunk(level, part, x, t, y));
        }
        return chunks;
    }

    private List<Integer> rowsOf(ForwardInput input, int level) {
        LevelSchedule schedule = graph.schedule();
        List<Integer> members = new ArrayList<>();
        for (int row = 0; row < input.t().length; row++) {
            if (schedule.levelAt(input.t()[row], boundary) == level) {
                members.add(row);
            }
        }
        return members;
    }

    private static void scatter(FloatArray part, List<Integer> rows, FloatArray all) {
        int size = all.rowSize();
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(part.values(), i * size, all.values(), rows.get(i) * size, size);
        }
    }

    private static FloatArray joined(List<FloatArray> parts) {
        int[] shape = parts.get(0).shape().clone();
        shape[0] = parts.stream().mapToInt(FloatArray::rows).sum();
        FloatArray all = FloatArray.zeros(shape);
        int place = 0;
        for (FloatArray part : parts) {
            System.arraycopy(part.values(), 0, all.values(), place, part.values().length);
            place += part.values().length;
        }
        return all;
    }
}
