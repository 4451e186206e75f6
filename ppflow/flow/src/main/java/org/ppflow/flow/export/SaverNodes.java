package org.ppflow.flow.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.op.train.Restore;
import org.tensorflow.op.train.Save;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * The nodes by which TensorFlow saves and restores the variables of a graph, as its loaders look for them.
 *
 * @param prefix path of the files
 * @param save writes all variables
 * @param saved the prefix, once they are written
 * @param restored runs when all are read
 */
record SaverNodes(Operand<TString> prefix, Save save, Operand<TString> saved, Op restored) {
    static SaverNodes of(Ops tf, VariableStore store) {
        Ops scope = tf.withSubScope("save");
        List<Variable> variables = List.copyOf(store.variables());
        String[] names = variables.stream().map(Variable::name).toArray(String[]::new);
        Operand<TString> prefix = PlaceholderWithDefault.create(
                scope.scope(), scope.constant("model"), org.tensorflow.ndarray.Shape.scalar());
        Operand<TString> tensors = scope.array(names);
        Operand<TString> whole =
                scope.array(Collections.nCopies(names.length, "").toArray(String[]::new));
        List<Operand<?>> values = new ArrayList<>();
        variables.forEach(variable -> values.add(variable.value()));
        Save save = scope.train.save(prefix, tensors, whole, values);
        Operand<TString> saved = scope.withControlDependencies(save).identity(prefix);
        Restore restore =
                scope.train.restore(prefix, tensors, whole, Collections.nCopies(variables.size(), TFloat32.class));
        List<Op> assignments = new ArrayList<>();
        List<Output<?>> read = restore.tensors();
        for (int i = 0; i < variables.size(); i++) {
            assignments.add(scope.assignVariableOp(variables.get(i).handle(), read.get(i)));
        }
        return new SaverNodes(
                prefix, save, saved, scope.withControlDependencies(assignments).noOp());
    }

    /** Writes the variables' values into files that begin with a path. */
    void save(GraphSession session, Path files) {
        session.run().feed(prefix, files.toString()).target(save).execute();
    }

    SaverDef toProto() {
        return SaverDef.newBuilder()
                .setFilenameTensorName(prefix.asOutput().op().name() + ":0")
                .setSaveTensorName(saved.asOutput().op().name() + ":0")
                .setRestoreOpName(restored.op().name())
                .setMaxToKeep(1)
                .setVersion(SaverDef.CheckpointFormatVersion.V2)
                .build();
    }
}
