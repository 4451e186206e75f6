package org.ppflow.nn.weights;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.ppflow.nn.errors.BadInputException;

/** The elements of a PyTorch file's tensors, which are views of its storages. */
final class TorchElements implements Closeable {
    private final Path path;
    private final TorchStorages storages;

    /** Takes over the storages. */
    TorchElements(Path path, TorchStorages storages) {
        this.path = path;
        this.storages = storages;
    }

    /** A tensor's elements, row by row. */
    InputStream of(String name, TorchTensor tensor) throws IOException {
        TorchTensor.Storage storage = tensor.storage();
        String key = storage.key();
        String place = storages.place(key);
        if (!storages.has(key)) {
            throw bad(name + " lies in " + place + ", which is not there", "all storages", "copy the file again");
        }
        int width = storage.type().bytes();
        long bytes = Math.multiplyExact(storage.size(), (long) width);
        if (storages.bytes(key) != bytes) {
            throw bad(
                    place + " of " + storages.bytes(key) + " bytes",
                    bytes + ", for " + storage.size() + " elements of type " + storage.type(),
                    "copy the file again");
        }
        TensorInfo info = tensor.info(name);
        if (!tensor.isRowMajor()) {
            return new ByteArrayInputStream(gathered(key, tensor, info));
        }
        InputStream in = storages.open(key);
        try {
            in.skipNBytes(tensor.offset() * width);
            // A tensor that is all of its storage is read to the storage's end, where the checksum is compared.
            return info.byteSize() == bytes ? in : new FirstBytes(in, info.byteSize());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** A transposed or cut tensor, put in order in memory. */
    private byte[] gathered(String key, TorchTensor tensor, TensorInfo info) throws IOException {
        long storageBytes = storages.bytes(key);
        if (storageBytes > Integer.MAX_VALUE - 8) {
            throw bad(
                    info + ", a view in other than row order of a storage of " + storageBytes + " bytes",
                    "at most 2 GiB for such views",
                    "save it with .contiguous()");
        }
        byte[] all;
        try (InputStream in = storages.open(key)) {
            all = in.readNBytes((int) storageBytes);
        }
        int width = info.type().bytes();
        byte[] ordered = new byte[(int) info.byteSize()];
        int axes = tensor.shape().size();
        long[] index = new long[axes];
        long source = tensor.offset();
        for (int target = 0; target < ordered.length; target += width) {
            System.arraycopy(all, (int) (source * width), ordered, target, width);
            for (int axis = axes - 1; axis >= 0; axis--) {
                source += tensor.strides().get(axis);
                if (++index[axis] < tensor.shape().get(axis)) {
                    break;
                }
                source -= index[axis] * tensor.strides().get(axis);
                index[axis] = 0;
            }
        }
        return ordered;
    }

    private BadInputException bad(String found, String expected, String advice) {
        return BadInputException.at(path.toString())
                .found(found)
                .expected(expected)
                .advice(advice)
                .build();
    }

    @Override
    public void close() throws IOException {
        storages.close();
    }

    /** The beginning of a stream. */
    private static final class FirstBytes extends InputStream {
        private final InputStream in;
        private long remaining;

        FirstBytes(InputStream in, long length) {
            this.in = in;
            this.remaining = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(length, remaining);
            if (wanted == 0) {
                return -1;
            }
            int read = in.read(target, offset, wanted);
            remaining -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
