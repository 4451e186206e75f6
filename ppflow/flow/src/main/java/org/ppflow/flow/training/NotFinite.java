package org.ppflow.flow.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a step that is not finite went wrong.
 *
 * @param step from 1
 * @param tensor the first that has such a number, in the order of the computation
 * @param rows of the batch whose loss is not finite; none where it is a gradient
 * @param parts of the batch, with the weights before the step what is needed to see it again
 */
record NotFinite(long step, String tensor, List<Integer> rows, List<TrainingBatch> parts) {
    private static final int KEPT = 2;

    NotFinite {
        rows = List.copyOf(rows);
        parts = List.copyOf(parts);
    }

    /** Looks: the step has changed nothing, so the weights are those that it started with. */
    static NotFinite find(TrainingGraph graph, long step, List<TrainingBatch> parts, float[] losses) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < losses.length; row++) {
            if (!Float.isFinite(losses[row])) {
                rows.add(row);
            }
        }
        Optional<String> tensor = Optional.empty();
        for (int part = 0; part < parts.size() && tensor.isEmpty(); part++) {
            tensor = graph.firstNotFinite(parts.get(part));
        }
        return new NotFinite(step, tensor.orElse("the norm of the gradient"), rows, parts);
    }

    /**
     * Writes {@code report.json}, {@code batch.npz} and {@code model.safetensors}, together about the size of the weights; of earlier such folders only the
     * newest stays, since a run may skip many steps.
     *
     * @param all folder of these folders
     * @return the new one
     */
    Path write(Path all, TrainingGraph graph, ModelDescription description) throws IOException {
        Path folder = all.resolve(String.format(Locale.ROOT, "%08d", step));
        AtomicFiles.deleteRecursively(folder);
        AtomicFiles.writeFolder(folder, unfinished -> {
            ObjectNode report = JsonMapper.shared().createObjectNode();
            report.put("step", step).put("first_not_finite", tensor);
            ArrayNode bad = report.putArray("rows");
            rows.forEach(bad::add);
            AtomicFiles.writeText(unfinished.resolve("report.json"), report.toPrettyString() + "\n");
            for (int part = 0; part < parts.size(); part++) {
                TrainingBatch batch = parts.get(part);
                long[] labels = new long[batch.labels().length];
                Arrays.setAll(labels, i -> batch.labels()[i]);
                Npz.write(
                        unfinished.resolve(parts.size() == 1 ? "batch.npz" : "batch-" + part + ".npz"),
                        Npz.Compression.STORED,
                        List.of(
                                TensorSource.floats("x_t", batch.position()),
                                TensorSource.floats("target", batch.target()),
                                TensorSource.floats("t", batch.times()),
                                TensorSource.floats("scale", batch.scales()),
                                TensorSource.floats("weight", batch.weights()),
                                TensorSource.longs("y", new int[] {labels.length}, labels)));
            }
            Safetensors.write(
                    unfinished.resolve(Checkpoints.MODEL),
                    ModelWeights.metadata(description),
                    graph.model().variables().stream()
                            .map(variable -> TensorSource.floats(
                                    variable.name(),
                                    TensorType.F32,
                                    variable.shape(),
                                    () -> graph.session().fetch(variable.value())))
                            .toList());
        });
        try (Stream<Path> folders = Files.list(all)) {
            List<Path> sorted = folders.sorted().toList();
            for (Path old : sorted.subList(0, Math.max(0, sorted.size() - KEPT))) {
                AtomicFiles.deleteRecursively(old);
            }
        }
        return folder;
    }

    /** For people. */
    String describe(Path folder) {
        return "step " + step + " is not finite: the first such tensor is " + tensor
                + (rows.isEmpty() ? "" : ", the loss is not finite at batch rows " + rows)
                + "; batch and weights are in "
                + folder;
    }
}
