package org.ppflow.nn.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/** Adds the sub-graph of a derivative. */
public final class GradientGraph {
    private GradientGraph() {}

    /**
     * d(Σ y)/dx for each x.
     *
     * @param graph holds y and all x
     * @param y any shape; a vector of losses is summed
     * @param inputs what to differentiate with respect to
     * @return one gradient for each input, in the same order and of the same shape
     * @throws org.tensorflow.exceptions.TFInvalidArgumentException if no operation leads from one of them to y,
     *     naming its operation
     * @throws IllegalArgumentException if no gradient passes an operation between one of them and y, naming its
     *     place and operation
     */
    public static List<Operand<TFloat32>> of(
            Graph graph, Operand<TFloat32> y, List<? extends Operand<TFloat32>> inputs) {
        return of(graph, List.of(y), List.of(), inputs);
    }

    /**
     * d(Σ y·dy)/dx for each x.
     *
     * @param dy one for each y, of its shape; none for ones
     */
    public static List<Operand<TFloat32>> of(
            Graph graph,
            List<? extends Operand<TFloat32>> y,
            List<? extends Operand<TFloat32>> dy,
            List<? extends Operand<TFloat32>> inputs) {
        Output<?>[] x = inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
        Output<?>[] gradients = graph.addGradients(
                null,
                y.stream().map(Operand::asOutput).toArray(Output<?>[]::new),
                x,
                dy.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
        List<Operand<TFloat32>> result = new ArrayList<>(gradients.length);
        for (int i = 0; i < gradients.length; i++) {
            if (gradients[i] == null || gradients[i].op() == null) {
                throw new IllegalArgumentException("no gradient reaches input " + i + ": " + x[i]);
            }
            result.add(gradients[i].expect(TFloat32.class));
        }
        return result;
    }
}
