package org.ppflow.flow.export;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/** What a SavedModel says of its inputs and outputs. */
final class Signatures {
    private static final String PREDICT = "tensorflow/serving/predict";
    private static final String VELOCITY = "velocity";

    private Signatures() {}

    /** A tensor of the graph with its type and shape. */
    record Endpoint(TensorInfo info) {
        static Endpoint of(Operand<?> operand) {
            Output<?> output = operand.asOutput();
            TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
            for (long length : output.shape().asArray()) {
                shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
            }
            DataType type = output.type().equals(TFloat32.class) ? DataType.DT_FLOAT : DataType.DT_INT32;
            return new Endpoint(TensorInfo.newBuilder()
                    .setName(output.op().name() + ":" + output.index())
                    .setDtype(type)
                    .setTensorShape(shape)
                    .build());
        }
    }

    static SignatureDef predict(Map<String, Endpoint> inputs, Endpoint velocity) {
        SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(PREDICT);
        inputs.forEach((name, endpoint) -> signature.putInputs(name, endpoint.info()));
        return signature.putOutputs(VELOCITY, velocity.info()).build();
    }
}
