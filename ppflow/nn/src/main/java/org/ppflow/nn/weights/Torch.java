package org.ppflow.nn.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.pickle.PickleWriter;

/**
 * The format of PyTorch's {@code torch.save}: a stored zip archive of one pickle and the raw data of each storage; the format before
 * PyTorch 1.6 is read too. Read without executing what the pickle says; written so that {@code torch.load(weights_only=True)} reads it.
 */
public final class Torch {
    /** Where PyTorch puts the start of a storage, so that it can be mapped. */
    private static final int ALIGNMENT = 64;

    private static final String FOLDER = "archive/";

    private Torch() {}

    /**
     * Opens a file.
     *
     * @param which part of a training checkpoint; where empty, {@code ema} is taken before {@code model}
     */
    public static TorchFile open(Path file, Optional<String> which) throws IOException {
        return TorchFile.open(file, which);
    }

    /**
     * Writes a plain state dict, complete or not at all. The bytes depend on the content alone.
     *
     * @param tensors in the order they are to have, each name once; each is asked for its content when its turn comes
     * @throws IllegalArgumentException if PyTorch has no storages of a tensor's type
     */
    public static void write(Path file, Collection<TensorSource> tensors) throws IOException {
        byte[] pickle = pickle(tensors);
        AtomicFiles.writeChannel(file, channel -> {
            ZipWriter zip = new ZipWriter(channel, ALIGNMENT);
            zip.add(FOLDER + "data.pkl", false, out -> out.write(pickle));
            note(zip, ".format_version", "1");
            note(zip, ".storage_alignment", Integer.toString(ALIGNMENT));
            note(zip, "byteorder", "little");
            int key = 0;
            for (TensorSource tensor : tensors) {
                zip.add(FOLDER + "data/" + key++, false, out -> TensorOutput.writeBody(tensor, out));
            }
            note(zip, "version", "3\n");
            zip.finish();
        });
    }

    private static void note(ZipWriter zip, String name, String text) throws IOException {
        zip.add(FOLDER + name, false, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** {@code OrderedDict(name → _rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict()))}. */
    private static byte[] pickle(Collection<TensorSource> tensors) {
        PickleWriter pickle = new PickleWriter();
        emptyDict(pickle).mark();
        Set<String> names = new HashSet<>();
        int key = 0;
        for (TensorSource tensor : tensors) {
            TensorInfo info = tensor.info();
            if (!names.add(info.name())) {
                throw new IllegalArgumentException("the name " + info.name() + " is taken");
            }
            String storage = TorchNames.storageClass(info.type())
                    .orElseThrow(() -> new IllegalArgumentException(info + ": PyTorch has no storages of this type"));
            pickle.text(info.name()).name("torch._utils", "_rebuild_tensor_v2").mark();
            pickle.mark()
                    .text("storage")
                    .name("torch", storage)
                    .text(Integer.toString(key++))
                    .text("cpu")
                    .integer(info.size())
                    .tuple()
                    .persistent();
            pickle.integer(0).integers(shape(info)).integers(strides(info)).bool(false);
            emptyDict(pickle).tuple().call();
        }
        return pickle.setItems().end();
    }

    private static PickleWriter emptyDict(PickleWriter pickle) {
        return pickle.name("collections", "OrderedDict").integers().call();
    }

    private static long[] shape(TensorInfo info) {
        long[] shape = new long[info.shape().length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = info.shape()[axis];
        }
        return shape;
    }

    private static long[] strides(TensorInfo info) {
        long[] strides = new long[info.shape().length];
        long step = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= Math.max(1, info.shape()[axis]);
        }
        return strides;
    }
}
