package org.ppflow.nn.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;

/**
 * Where the time of one run of a graph went, by kind of operation, as TensorFlow's own trace says.
 *
 * @param kinds by shared time, the dearest first
 * @param seconds from the start of the first operation to the end of the last
 * @param concurrency operations that ran at the same time, on the mean of the time in which any ran
 * @param idleSeconds in which no operation ran
 */
public record StepProfile(List<Kind> kinds, double seconds, double concurrency, double idleSeconds) {
    private static final double MICROSECONDS = 1e6;
    private static final String COMPILED = "PartitionedCall";

    /**
     * All operations of a kind.
     *
     * @param name TensorFlow's, as {@code MatMul}
     * @param count how many ran
     * @param seconds summed over them; those that ran at the same time count twice
     * @param sharedSeconds time divided by the operations that ran at each moment; over all kinds it adds up to the time in which any ran
     */
    public record Kind(String name, int count, double seconds, double sharedSeconds) {}

    public StepProfile {
        kinds = List.copyOf(kinds);
    }

    static StepProfile of(RunMetadata metadata) {
        // Time -> change of what runs, by kind.
        NavigableMap<Long, List<Change>> changes = new TreeMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
            for (NodeExecStats node : device.getNodeStatsList()) {
                String kind = kind(node);
                long start = node.getAllStartMicros() + node.getOpStartRelMicros();
                long end = node.getAllStartMicros() + node.getOpEndRelMicros();
                counts.merge(kind, 1, Integer::sum);
                changes.computeIfAbsent(start, at -> new ArrayList<>()).add(new Change(kind, 1));
                changes.computeIfAbsent(end, at -> new ArrayList<>()).add(new Change(kind, -1));
            }
        }
        return sweep(changes, counts);
    }

    private record Change(String kind, int by) {}

    private static StepProfile sweep(NavigableMap<Long, List<Change>> changes, Map<String, Integer> counts) {
        Map<String, Double> seconds = new HashMap<>();
        Map<String, Double> shared = new HashMap<>();
        Map<String, Integer> running = new HashMap<>();
        int all = 0;
        double sum = 0;
        double idle = 0;
        long before = changes.isEmpty() ? 0 : changes.firstKey();
        for (Map.Entry<Long, List<Change>> change : changes.entrySet()) {
            double length = (change.getKey() - before) / MICROSECONDS;
            int together = all;
            if (together == 0) {
                idle += length;
            }
            sum += together * length;
            running.forEach((kind, many) -> {
                seconds.merge(kind, many * length, Double::sum);
                shared.merge(kind, together == 0 ? 0 : many * length / together, Double::sum);
            });
            for (Change one : change.getValue()) {
                running.merge(one.kind(), one.by(), Integer::sum);
                all += one.by();
            }
            before = change.getKey();
        }
        double whole = changes.isEmpty() ? 0 : (changes.lastKey() - changes.firstKey()) / MICROSECONDS;
        List<Kind> kinds = counts.entrySet().stream()
                .map(count -> new Kind(
                        count.getKey(),
                        count.getValue(),
                        seconds.getOrDefault(count.getKey(), 0.0),
                        shared.getOrDefault(count.getKey(), 0.0)))
                .sorted(Comparator.comparingDouble(Kind::sharedSeconds).reversed())
                .toList();
        return new StepProfile(kinds, whole, whole > idle ? sum / (whole - idle) : 0, idle);
    }

    private static String kernel(String node) {
        String name = node.substring(node.lastIndexOf('/') + 1);
        return "kernel " + name.replaceAll("_\\d.*", "");
    }

    /** Labels read {@code name = Kind(inputs)}. */
    private static String kind(NodeExecStats node) {
        String label = node.getTimelineLabel();
        int start = label.indexOf(" = ");
        int end = label.indexOf('(', Math.max(0, start));
        String kind = start >= 0 && end > start ? label.substring(start + 3, end) : node.getNodeName();
        // A compiled kernel has its name at the end of the node's, with the layout's numbers behind it.
        return kind.equals(COMPILED) ? kernel(node.getNodeName()) : kind;
    }
}
