package org.ppflow.nn.weights;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;

/** The zip archive of {@code torch.save}: below one folder a pickle, {@code data/KEY} for each storage, and small notes. */
final class TorchArchive implements Closeable {
    private static final String PICKLE = "data.pkl";
    private static final int MAX_NOTE_BYTES = 64;

    private final Path path;
    private final ZipArchive zip;
    private final String folder;

    /** Takes over the archive. */
    TorchArchive(Path path, ZipArchive zip) throws IOException {
        this.path = path;
        this.zip = zip;
        this.folder = folder(path, zip);
        if (zip.names().contains(folder + "byteorder")) {
            String order = new String(small("byteorder", MAX_NOTE_BYTES), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw bad("byte order " + order, "little", "save it on a machine with the usual byte order");
            }
        }
    }

    /** Whether a zip archive is one of PyTorch's. */
    static boolean isOne(ZipArchive zip) {
        return zip.names().stream().anyMatch(TorchArchive::isPickle);
    }

    private static boolean isPickle(String name) {
        return name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/');
    }

    private static String folder(Path path, ZipArchive zip) {
        List<String> pickles =
                zip.names().stream().filter(TorchArchive::isPickle).toList();
        if (pickles.size() != 1) {
            throw BadInputException.at(path.toString())
                    .found("a zip archive with " + pickles.size() + " entries NAME/" + PICKLE)
                    .expected("one, as torch.save writes it")
                    .build();
        }
        String pickle = pickles.get(0);
        return pickle.substring(0, pickle.length() - PICKLE.length());
    }

    /** An entry as a whole. */
    byte[] small(String name, int maxBytes) throws IOException {
        long size = zip.size(folder + name);
        if (size > maxBytes) {
            throw bad(name + " of " + size + " bytes", "at most " + maxBytes, "check that these are weights");
        }
        try (InputStream in = zip.stream(folder + name)) {
            return in.readNBytes((int) size);
        }
    }

    /** A tensor's elements, row by row. */
    InputStream elements(String name, TorchTensor tensor) throws IOException {
        TorchTensor.Storage storage = tensor.storage();
        String entry = folder + "data/" + storage.key();
        if (!zip.names().contains(entry)) {
            throw bad(name + " lies in " + entry + ", which is not there", "all storages", "copy the file again");
        }
        int width = storage.type().bytes();
        long bytes = Math.multiplyExact(storage.size(), (long) width);
        if (zip.size(entry) != bytes) {
            throw bad(
                    entry + " of " + zip.size(entry) + " bytes",
                    bytes + ", for " + storage.size() + " elements of type " + storage.type(),
                    "copy the file again");
        }
        TensorInfo info = tensor.info(name);
        if (!tensor.isRowMajor()) {
            return new ByteArrayInputStream(gathered(entry, tensor, info));
        }
        InputStream in = zip.stream(entry);
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
    private byte[] gathered(String entry, TorchTensor tensor, TensorInfo info) throws IOException {
        long storageBytes = zip.size(entry);
        if (storageBytes > Integer.MAX_VALUE - 8) {
            throw bad(
                    info + ", a view in other than row order of a storage of " + storageBytes + " bytes",
                    "at most 2 GiB for such views",
                    "save it with .contiguous()");
        }
        byte[] all;
        try (InputStream in = zip.stream(entry)) {
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
        zip.close();
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
