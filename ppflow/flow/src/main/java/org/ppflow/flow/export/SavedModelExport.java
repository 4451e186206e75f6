package org.ppflow.flow.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.Dit;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.TensorFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Writes a network as a SavedModel: one signature for each level ({@code level0} …, where all rows have times of that level), and
 * {@code serving_default}, which sends each row through the level of its own t. All take {@code x} [n, C, H, W], {@code t} [n]
 * and {@code y} [n] int32 and give {@code velocity} [n, C, H, W], for any n.
 *
 * <p>TensorFlow Java's own exporter leaves resource variables without values, so the saver's part of the graph is made here.
 */
public final class SavedModelExport {
    private static final String DEFAULT_SIGNATURE = "serving_default";
    private static final int SCHEMA_VERSION = 1;

    private SavedModelExport() {}

    /**
     * Writes a new folder; it appears complete or not at all.
     *
     * @param weights of the network
     * @param folder must not exist
     * @throws BadInputException if it does, the weights are not of this network, or it is a pyramid, whose stages t does not tell apart
     */
    public static void write(TensorFile weights, ModelDescription description, Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw BadInputException.at(folder.toString())
                    .found("something that exists already")
                    .expected("the name of a new folder")
                    .advice("remove it, or give another name")
                    .build();
        }
        if (description.schedule().representation().isPyramid()) {
            throw BadInputException.at("schedule " + description.schedule().name())
                    .found("a pyramid, whose stages t does not tell apart")
                    .expected("a network whose levels follow from t")
                    .build();
        }
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "model");
            Dit dit = new Dit(store.root(), description.config(), description.schedule());
            Map<String, Signatures.Endpoint> inputs = new LinkedHashMap<>();
            Map<String, Operand<TFloat32>> outputs = endpoints(tf, dit, inputs);
            SaverNodes saver = SaverNodes.of(tf, store);
            try (GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
                ModelWeights.load(session, store, weights);
                MetaGraphDef.Builder meta = MetaGraphDef.newBuilder()
                        .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder()
                                .addTags("serve")
                                .setTensorflowVersion(TensorFlow.version()))
                        .setGraphDef(graph.toGraphDef())
                        .setSaverDef(saver.toProto());
                outputs.forEach((name, output) ->
                        meta.putSignatureDef(name, Signatures.predict(inputs, Signatures.Endpoint.of(output))));
                SavedModel model = SavedModel.newBuilder()
                        .setSavedModelSchemaVersion(SCHEMA_VERSION)
                        .addMetaGraphs(meta)
                        .build();
                AtomicFiles.writeFolder(folder, unfinished -> {
                    Path variables = Files.createDirectories(unfinished.resolve("variables"));
                    saver.save(session, variables.resolve("variables"));
                    Files.write(unfinished.resolve("saved_model.pb"), model.toByteArray());
                });
            }
        }
    }

    private static Map<String, Operand<TFloat32>> endpoints(Ops tf, Dit dit, Map<String, Signatures.Endpoint> inputs) {
        DitConfig config = dit.config();
        LevelSchedule schedule = dit.schedule();
        Placeholder<TFloat32> x = tf.withName("x")
                .placeholder(
                        TFloat32.class,
                        Placeholder.shape(Shape.of(-1, config.channels(), config.height(), config.width())));
        Placeholder<TFloat32> t = tf.withName("t").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        Placeholder<TInt32> y = tf.withName("y").placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        inputs.put("x", Signatures.Endpoint.of(x));
        inputs.put("t", Signatures.Endpoint.of(t));
        inputs.put("y", Signatures.Endpoint.of(y));
        Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
        for (int level = 0; level < schedule.count(); level++) {
            outputs.put(
                    "level" + level,
                    dit.forward(tf.withSubScope("level" + level), level, x, t, y)
                            .velocity());
        }
        outputs.put(DEFAULT_SIGNATURE, chosen(tf.withSubScope("chosen"), dit, x, t, y));
        return outputs;
    }

    /** Rows are dealt out to the levels and put together again in their order; a level may get none. */
    private static Operand<TFloat32> chosen(
            Ops tf, Dit dit, Operand<TFloat32> x, Operand<TFloat32> t, Operand<TInt32> y) {
        LevelSchedule schedule = dit.schedule();
        int levels = schedule.count();
        // The level is the number of boundaries that t has reached.
        Operand<TInt32> level = tf.zerosLike(y);
        for (int i = 0; i < levels - 1; i++) {
            Operand<TFloat32> end = tf.constant((float) schedule.level(i).end());
            level = tf.math.add(level, tf.dtypes.cast(tf.math.greaterEqual(t, end), TInt32.class));
        }
        Operand<TInt32> places = tf.range(tf.constant(0), tf.size(y), tf.constant(1));
        long parts = levels;
        List<org.tensorflow.Output<TFloat32>> xs =
                tf.dynamicPartition(x, level, parts).outputs();
        List<org.tensorflow.Output<TFloat32>> ts =
                tf.dynamicPartition(t, level, parts).outputs();
        List<org.tensorflow.Output<TInt32>> ys =
                tf.dynamicPartition(y, level, parts).outputs();
        List<Operand<TInt32>> rows =
                new ArrayList<>(tf.dynamicPartition(places, level, parts).outputs());
        List<Operand<TFloat32>> velocities = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            velocities.add(dit.forward(tf.withSubScope("level" + i), i, xs.get(i), ts.get(i), ys.get(i))
                    .velocity());
        }
        return tf.dynamicStitch(rows, velocities);
    }
}
