package org.ppflow.nn.session;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ppflow.nn.array.FloatArray;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * One run of a session. It owns the tensors made of what is fed and those fetched: both are freed when {@link #execute()}
 * returns, and results are copies on the Java heap. Use it once.
 */
public final class SessionRun {
    /** Gives the values of one tensor, row-major, in pieces. */
    @FunctionalInterface
    public interface FloatWriter {
        /** Hands array-backed buffers to the target until there is no more. */
        void writeTo(Consumer<FloatBuffer> target) throws IOException;
    }

    private final Session.Runner runner;
    private final List<Tensor> fed = new ArrayList<>();
    private int fetches;

    SessionRun(Session.Runner runner) {
        this.runner = runner;
    }

    /** Feeds float32 values. */
    public SessionRun feed(Operand<TFloat32> placeholder, FloatArray array) {
        return feed(placeholder, TFloat32.tensorOf(shape(array.shape()), DataBuffers.of(array.values(), true, false)));
    }

    /**
     * Feeds float32 values that never are on the Java heap as a whole.
     *
     * @param writer fills the tensor's own memory
     */
    public SessionRun feed(Operand<TFloat32> placeholder, int[] shape, FloatWriter writer) throws IOException {
        TFloat32 tensor = TFloat32.tensorOf(shape(shape));
        feed(placeholder, tensor);
        FloatDataBuffer target = tensor.asRawTensor().data().asFloats();
        long[] written = {0};
        writer.writeTo(chunk -> {
            FloatDataBuffer rest = target.offset(written[0]);
            int count = chunk.remaining();
            rest.write(chunk.array(), chunk.arrayOffset() + chunk.position(), count);
            written[0] += count;
        });
        if (written[0] != tensor.size()) {
            throw new IllegalArgumentException(written[0] + " values for the shape " + Arrays.toString(shape));
        }
        return this;
    }

    /** Feeds a float32 scalar. */
    public SessionRun feed(Operand<TFloat32> placeholder, float value) {
        return feed(placeholder, TFloat32.scalarOf(value));
    }

    /** Feeds a text, a path for instance. */
    public SessionRun feed(Operand<TString> placeholder, String value) {
        return feed(placeholder, TString.scalarOf(value));
    }

    /** Feeds a vector of int32, class labels for instance. */
    public SessionRun feed(Operand<TInt32> placeholder, int[] values) {
        return feed(placeholder, TInt32.tensorOf(Shape.of(values.length), DataBuffers.of(values, true, false)));
    }

    /** Feeds uint8 values, pixels for instance. */
    public SessionRun feed(Operand<TUint8> placeholder, byte[] values, int... shape) {
        return feed(placeholder, TUint8.tensorOf(shape(shape), DataBuffers.of(values, true, false)));
    }

    /** Asks for a float32 value; results come in the order of the calls. */
    public SessionRun fetch(Operand<TFloat32> value) {
        runner.fetch(value);
        fetches++;
        return this;
    }

    /** Asks for several values. */
    public SessionRun fetch(List<? extends Operand<TFloat32>> values) {
        values.forEach(this::fetch);
        return this;
    }

    /** Runs an op for what it does. */
    public SessionRun target(Op op) {
        runner.addTarget(op);
        return this;
    }

    /** Frees what was fed without running; for a run that cannot be completed. */
    public void abandon() {
        fed.forEach(Tensor::close);
        fed.clear();
    }

    /** Runs the graph and copies out what was asked for. */
    public List<FloatArray> execute() {
        try (Result result = runner.run()) {
            List<FloatArray> values = new ArrayList<>(fetches);
            for (int i = 0; i < fetches; i++) {
                values.add(copy((TFloat32) result.get(i)));
            }
            return values;
        } finally {
            abandon();
        }
    }

    /**
     * Runs the graph for the one value that was asked for and copies it into memory that is there already, for large values that are fetched again and
     * again.
     *
     * @param target takes the value row-major; may be longer
     * @return number of values
     */
    public int executeInto(float[] target) {
        if (fetches != 1) {
            abandon();
            throw new IllegalStateException(fetches + " values were asked for, not one");
        }
        try (Result result = runner.run()) {
            TFloat32 tensor = (TFloat32) result.get(0);
            int count = Math.toIntExact(tensor.size());
            tensor.asRawTensor().data().asFloats().read(target, 0, count);
            return count;
        } finally {
            abandon();
        }
    }

    /** {@link #execute()} with TensorFlow's trace on, which costs time itself; what was fetched is dropped. */
    public StepProfile profile() {
        try (Result result = runner.setOptions(RunOptions.newBuilder()
                        .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                        .build())
                .runAndFetchMetadata()) {
            return StepProfile.of(result.getMetadata().orElseThrow());
        } finally {
            abandon();
        }
    }

    private SessionRun feed(Operand<?> placeholder, Tensor tensor) {
        fed.add(tensor);
        runner.feed(placeholder, tensor);
        return this;
    }

    private static FloatArray copy(TFloat32 tensor) {
        int[] lengths = Arrays.stream(tensor.shape().asArray())
                .mapToInt(Math::toIntExact)
                .toArray();
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return new FloatArray(lengths, values);
    }

    private static Shape shape(int... lengths) {
        return Shape.of(Arrays.stream(lengths).asLongStream().toArray());
    }
}
