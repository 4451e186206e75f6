package org.ppflow.nn.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.family.TType;

/**
 * Element-wise operations that belong together, compiled by XLA into a few passes over memory, once for all calls of the same name and shapes. On a
 * processor such operations wait for memory, not for arithmetic: compiled they take a third of the time. No gradient passes them. Belongs to the
 * building of one graph; close it when that is built.
 */
public final class Kernels implements AutoCloseable {
    private final Map<String, Compiled> known = new HashMap<>();

    private record Compiled(ConcreteFunction function, List<Shape> shapes, List<DataType> types) {
        Compiled {
            shapes = List.copyOf(shapes);
            types = List.copyOf(types);
        }
    }

    /** The operations. */
    @FunctionalInterface
    public interface Body {
        /** Adds them; inputs are as at the call, in types and shapes. */
        List<? extends Operand<?>> of(Ops tf, List<? extends Operand<?>> inputs);
    }

    /**
     * Adds the operations to the graph.
     *
     * @param name what they are; calls of one name, and equal types and shapes, have equal bodies
     * @param inputs of static shapes
     * @return the body's results
     */
    public List<Output<?>> call(Ops tf, String name, List<? extends Operand<?>> inputs, Body body) {
        StringBuilder key = new StringBuilder(name);
        for (Operand<?> input : inputs) {
            key.append(' ')
                    .append(input.asOutput().dataType())
                    .append(input.asOutput().shape());
        }
        Compiled compiled = known.computeIfAbsent(key.toString(), first -> compile(name, inputs, body));
        // TensorFlow hands a call that carries this mark to XLA, and nothing else: no other part of the graph is
        // compiled.
        Operation call = tf.scope()
                .env()
                .opBuilder("PartitionedCall", tf.scope().makeOpName(name), tf.scope())
                .addInputList(inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
                .setAttr("Tout", compiled.types().toArray(new DataType[0]))
                .setAttr("f", compiled.function())
                .setAttr("_XlaMustCompile", true)
                .build();
        List<Output<?>> results = new ArrayList<>();
        for (int i = 0; i < compiled.shapes().size(); i++) {
            // A call forgets the shapes.
            Operand<TType> result = call.output(i);
            results.add(tf.ensureShape(result, compiled.shapes().get(i)).asOutput());
        }
        return results;
    }

    private static Compiled compile(String name, List<? extends Operand<?>> inputs, Body body) {
        List<Shape> shapes = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        ConcreteFunction function = ConcreteFunction.create(tf -> {
            Signature.Builder signature = Signature.builder().key(name);
            List<Operand<?>> places = new ArrayList<>();
            for (Operand<?> input : inputs) {
                Operand<?> place = tf.placeholder(
                        input.asOutput().type(),
                        Placeholder.shape(input.asOutput().shape()));
                signature.input("in" + places.size(), place);
                places.add(place);
            }
            for (Operand<?> result : body.of(tf, places)) {
                signature.output("out" + shapes.size(), result);
                shapes.add(result.asOutput().shape());
                types.add(result.asOutput().dataType());
            }
            return signature.build();
        });
        return new Compiled(function, shapes, types);
    }

    @Override
    public void close() {
        known.values().forEach(compiled -> compiled.function().close());
    }
}
