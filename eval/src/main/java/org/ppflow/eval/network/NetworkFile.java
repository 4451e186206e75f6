package org.ppflow.eval.network;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A network's file, read but not opened.
 *
 * @param graph its graph; of a SavedModel the one that serves
 * @param inputs a SavedModel's names of inputs, and the tensors they stand for; empty for a frozen graph
 * @param outputs the same of outputs
 * @param restore how a SavedModel's variables get their values; empty for a frozen graph, or a model without variables
 * @param initializer a SavedModel's operation to run before use
 * @param hash of all the files
 */
record NetworkFile(
        FrozenGraph graph,
        Map<String, String> inputs,
        Map<String, String> outputs,
        Optional<Restore> restore,
        Optional<String> initializer,
        String hash) {
    private static final String MODEL = "saved_model.pb";
    private static final String SERVING = "serving_default";
    private static final String INITIALIZER = "__saved_model_init_op";

    /**
     * Reading of variables.
     *
     * @param operation to run
     * @param place tensor that takes the path
     * @param path beginning of the files' names
     */
    record Restore(String operation, String place, Path path) {}

    NetworkFile {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    static NetworkFile read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return savedModel(path);
        }
        if (String.valueOf(path.getFileName()).equals(MODEL)
                && path.toAbsolutePath().getParent() != null) {
            return savedModel(path.toAbsolutePath().getParent());
        }
        FrozenGraph graph = FrozenGraph.read(path);
        return new NetworkFile(graph, Map.of(), Map.of(), Optional.empty(), Optional.empty(), graph.hash());
    }

    private static NetworkFile savedModel(Path folder) throws IOException {
        Path file = folder.resolve(MODEL);
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(folder.toString())
                    .found("a folder without " + MODEL)
                    .expected("a SavedModel, or a frozen graph's file")
                    .build();
        }
        MetaGraphDef meta = serving(file);
        String hash = hash(folder);
        Map<String, SignatureDef> signatures = meta.getSignatureDefMap();
        SignatureDef signature = signatures.getOrDefault(
                SERVING,
                signatures.size() == 1 ? signatures.values().iterator().next() : SignatureDef.getDefaultInstance());
        @Nullable SignatureDef init = signatures.get(INITIALIZER);
        Path variables = folder.resolve("variables");
        boolean stored = Files.exists(variables.resolve("variables.index")) && meta.hasSaverDef();
        return new NetworkFile(
                new FrozenGraph(file, meta.getGraphDef(), hash),
                tensors(signature.getInputsMap()),
                tensors(signature.getOutputsMap()),
                stored
                        ? Optional.of(new Restore(
                                meta.getSaverDef().getRestoreOpName(),
                                meta.getSaverDef().getFilenameTensorName(),
                                variables.resolve("variables")))
                        : Optional.empty(),
                init == null
                        ? Optional.empty()
                        : init.getOutputsMap().values().stream()
                                .map(TensorInfo::getName)
                                .findFirst(),
                hash);
    }

    private static MetaGraphDef serving(Path file) throws IOException {
        SavedModel model;
        try {
            model = SavedModel.parseFrom(Files.readAllBytes(file));
        } catch (InvalidProtocolBufferException e) {
            throw BadInputException.at(file.toString())
                    .found("bytes that are no SavedModel, or one that is cut off")
                    .expected("a SavedModel")
                    .cause(e)
                    .build();
        }
        List<MetaGraphDef> graphs = model.getMetaGraphsList();
        return graphs.stream()
                .filter(graph -> graph.getMetaInfoDef().getTagsList().contains("serve"))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(file.toString())
                        .found("tags "
                                + graphs.stream()
                                        .map(graph -> graph.getMetaInfoDef().getTagsList())
                                        .toList())
                        .expected("a SavedModel with a graph tagged 'serve'")
                        .build());
    }

    private static Map<String, String> tensors(Map<String, TensorInfo> endpoints) {
        Map<String, String> tensors = new LinkedHashMap<>();
        endpoints.forEach((name, info) -> tensors.put(name, info.getName()));
        return tensors;
    }

    /** Of the graph and the variables; a SavedModel's other files do not change numbers. */
    private static String hash(Path folder) throws IOException {
        StringBuilder text = new StringBuilder(Sha256.of(folder.resolve(MODEL)));
        Path variables = folder.resolve("variables");
        if (Files.isDirectory(variables)) {
            try (Stream<Path> files = Files.list(variables)) {
                for (Path file : files.sorted().toList()) {
                    text.append(' ').append(file.getFileName()).append(' ').append(Sha256.of(file));
                }
            }
        }
        return Sha256.of(text.toString());
    }
}
