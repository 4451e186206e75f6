package org.ppflow.tests.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A frozen graph that stands for Inception where its numbers do not matter: {@code x} (n, {@value #SIDE}, {@value #SIDE}, 3) of pixels from 0 to 1; {@code colours} (n, 3) the channels' means;
 * {@code features} (n, {@value #FEATURES}), {@code spatial} (n, {@value #SPATIAL}) and {@code classes} (n, {@value #CLASSES}) of random weights.
 *
 * @param file of the graph
 */
public record TinyNetwork(Path file) {
    static final int SIDE = 12;
    static final int FEATURES = 16;
    static final int SPATIAL = 9;
    static final int CLASSES = 5;
    private static final int CELLS = 16;

    /** Writes it. */
    public static TinyNetwork write(Path file) throws IOException {
        return write(file, 0);
    }

    /**
     * Writes it.
     *
     * @param work matrix products that a batch waits for before its features are there
     */
    static TinyNetwork write(Path file, int work) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x =
                    tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIDE, SIDE, 3)));
            tf.withName("colours").math.mean(x, tf.constant(new int[] {1, 2}));
            // (n, 12, 12, 3) -> (n, 16 cells of 3 x 3, 3) -> (n, 48)
            Operand<TFloat32> cells = tf.math.mean(
                    tf.reshape(x, tf.constant(new int[] {-1, 4, SIDE / 4, 4, SIDE / 4, 3})),
                    tf.constant(new int[] {2, 4}));
            Operand<TFloat32> row =
                    tf.math.add(tf.reshape(cells, tf.constant(new int[] {-1, CELLS * 3})), busy(tf, work));
            Operand<TFloat32> hidden = tf.nn.relu(tf.linalg.matMul(row, normal(tf, 1, CELLS * 3, 64)));
            tf.withName("features").linalg.matMul(hidden, normal(tf, 2, 64, FEATURES));
            tf.withName("spatial").linalg.matMul(hidden, normal(tf, 3, 64, SPATIAL));
            tf.withName("classes").nn.softmax(tf.linalg.matMul(hidden, normal(tf, 4, 64, CLASSES)));
            Files.write(file, graph.toGraphDef().toByteArray());
        }
        return new TinyNetwork(file);
    }

    /** Zero, after so many products of 512 x 512 matrices. */
    private static Operand<TFloat32> busy(Ops tf, int work) {
        if (work == 0) {
            return tf.constant(0f);
        }
        Operand<TFloat32> value = normal(tf, 5, 512, 512);
        for (int i = 0; i < work; i++) {
            value = tf.math.tanh(tf.linalg.matMul(value, value));
        }
        return tf.math.mul(tf.math.mean(value, tf.constant(new int[] {0, 1})), tf.constant(0f));
    }

    private static Operand<TFloat32> normal(Ops tf, long seed, int rows, int columns) {
        float[] values = new float[rows * columns];
        RandomStream.of(seed, Purpose.TEST, 0).fillGaussian(values, 0, values.length);
        return tf.constant(Shape.of(rows, columns), DataBuffers.of(values));
    }

    /** Options that make it the feature network, called {@code tiny}, of both protocols. */
    List<Object> options() {
        List<Object> options = new ArrayList<>(options("features"));
        options.addAll(List.of("--spatial", "spatial", "--probabilities", "classes", "--protocol", "adm,exact"));
        return options;
    }

    /** With one of its tensors as features, and nothing beside them. */
    List<Object> options(String feature) {
        return List.of(
                "--network",
                file,
                "--network-name",
                "tiny",
                "--input",
                "x",
                "--feature",
                feature,
                "--picture-size",
                SIDE + "x" + SIDE,
                "--resize",
                "bilinear",
                "--scaling",
                "0..1");
    }

    /** {@code evaluate} with it. */
    Outcome evaluate(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("evaluate"));
        arguments.addAll(options());
        arguments.addAll(Arrays.asList(more));
        return CommandLineRun.run(arguments.toArray());
    }
}
