package org.ppflow.eval.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/** Small networks in files, as TensorFlow's own tools write them. */
final class StoredNetworks {
    private StoredNetworks() {}

    /** A frozen graph whose input {@code x} has this shape; the body adds nodes. */
    static Path frozen(Path file, Shape input, BiConsumer<Ops, Operand<TFloat32>> body) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            body.accept(tf, tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(input)));
            return Files.write(file, graph.toGraphDef().toByteArray());
        }
    }

    /** Colour means (n, H, W, C) to (n, C) as {@code mean}, differences to a pixel below as {@code edges}, softmax as {@code p}. */
    static void means(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> mean = tf.withName("mean").math.mean(x, tf.constant(new int[] {1, 2}));
        tf.withName("edges")
                .math
                .sub(
                        tf.slice(x, tf.constant(new int[] {0, 0, 0, 0}), tf.constant(new int[] {-1, 1, -1, -1})),
                        tf.slice(x, tf.constant(new int[] {0, 1, 0, 0}), tf.constant(new int[] {-1, 1, -1, -1})));
        tf.withName("total").math.mean(x, tf.constant(new int[] {0, 1, 2}));
        tf.withName("whole").dtypes.cast(mean, TInt32.class);
        tf.withName("half").dtypes.cast(mean, TFloat16.class);
        tf.withName("p").nn.softmax(mean);
    }

    /** A SavedModel with a variable: {@code pictures} (n, h, w, 3) to {@code embedding} (n, 2), colour means times the variable. */
    static Path savedModel(Path folder, float[] weights) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "model");
            Variable variable = store.root().fixed("w", Initializer.zeros(), new int[] {3, 2});
            Placeholder<TFloat32> x =
                    tf.withName("in").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
            Operand<TFloat32> mean = tf.math.mean(x, tf.constant(new int[] {1, 2}));
            Operand<TFloat32> out = tf.withName("out").linalg.matMul(mean, variable.value());

            Operand<TString> prefix = PlaceholderWithDefault.create(tf.scope(), tf.constant("model"), Shape.scalar());
            Operand<TString> name = tf.array("w");
            Operand<TString> whole = tf.array("");
            var save = tf.train.save(prefix, name, whole, List.of(variable.value()));
            Restore restore = tf.train.restore(prefix, name, whole, List.of(TFloat32.class));
            var restored =
                    tf.assignVariableOp(variable.handle(), restore.tensors().get(0));

            Path variables = Files.createDirectories(folder.resolve("variables"));
            try (GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
                session.assign(List.of(variable), ignored -> new FloatArray(new int[] {3, 2}, weights));
                session.run()
                        .feed(prefix, variables.resolve("variables").toString())
                        .target(save)
                        .execute();
            }
            MetaGraphDef meta = MetaGraphDef.newBuilder()
                    .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                    .setGraphDef(graph.toGraphDef())
                    .setSaverDef(SaverDef.newBuilder()
                            .setFilenameTensorName(prefix.asOutput().op().name() + ":0")
                            .setRestoreOpName(restored.op().name())
                            .setVersion(SaverDef.CheckpointFormatVersion.V2))
                    .putSignatureDef(
                            "serving_default",
                            SignatureDef.newBuilder()
                                    .putInputs(
                                            "pictures",
                                            TensorInfo.newBuilder()
                                                    .setName(x.op().name() + ":0")
                                                    .build())
                                    .putOutputs(
                                            "embedding",
                                            TensorInfo.newBuilder()
                                                    .setName(out.asOutput().op().name() + ":0")
                                                    .build())
                                    .build())
                    .build();
            Files.write(
                    folder.resolve("saved_model.pb"),
                    SavedModel.newBuilder()
                            .setSavedModelSchemaVersion(1)
                            .addMetaGraphs(meta)
                            .build()
                            .toByteArray());
            return folder;
        }
    }
}
