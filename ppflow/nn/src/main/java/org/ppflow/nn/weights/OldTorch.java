package org.ppflow.nn.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.pickle.PickleReader;

/**
 * PyTorch's format before version 1.6, in which weights of those years are published: five pickles one after the other (a magic number, the
 * version 1001, facts of the machine, the content, the list of storage keys), then for each key the number of elements as int64 and the
 * raw data. There are no checksums.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v1.4.0/torch/serialization.py">{@code _save} of PyTorch 1.4</a>
 */
final class OldTorch implements TorchStorages {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final byte[] START = {(byte) 0x80, 2, (byte) 0x8A, 10};
    private static final long VERSION = 1001;
    private static final int MAX_PICKLE_BYTES = 16 << 20;

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Region> regions = new HashMap<>();

    /** Bytes of a storage. */
    private record Region(long from, long bytes) {}

    /** Makes a file of its content. */
    @FunctionalInterface
    interface Reader {
        TorchFile read(TorchStorages storages, Object content);
    }

    private OldTorch(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static boolean isOne(Path path) throws IOException {
        try (FileChannel channel = TensorInput.open(path)) {
            ByteBuffer start = ByteBuffer.allocate((int) Math.min(START.length, channel.size()));
            TensorInput.readFully(channel, 0, start);
            return isOne(start.array());
        }
    }

    /** Whether the first bytes of a file are those of the magic number's pickle. */
    static boolean isOne(byte[] start) {
        for (int i = 0; i < START.length; i++) {
            if (start.length <= i || start[i] != START[i]) {
                return false;
            }
        }
        return true;
    }

    static TorchFile open(Path path, Reader reader) throws IOException {
        OldTorch file = new OldTorch(path, TensorInput.open(path));
        try {
            return reader.read(file, file.content());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private Object content() throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(MAX_PICKLE_BYTES, channel.size()));
        TensorInput.readFully(channel, 0, start);
        Pickles pickles = new Pickles(start.array());
        if (!MAGIC.equals(pickles.next()) || !Long.valueOf(VERSION).equals(pickles.next())) {
            throw bad("another magic number or version", "a file of torch.save before PyTorch 1.6");
        }
        if (!(pickles.next() instanceof Map<?, ?> machine) || !Boolean.TRUE.equals(machine.get("little_endian"))) {
            throw bad("numbers of a big-endian machine", "little-endian ones");
        }
        Object content = pickles.next();
        if (!(pickles.next() instanceof List<?> keys)) {
            throw bad("no list of storages", "one after the content");
        }
        long at = pickles.position;
        for (Object key : keys) {
            TorchTensor.@Nullable Storage storage = pickles.storages.get(String.valueOf(key));
            if (storage == null) {
                throw bad("a storage " + key + " that no tensor has", "those of its tensors");
            }
            at = place(storage, at);
        }
        return content;
    }

    /** Notes where a storage is, and says where the next one starts. */
    private long place(TorchTensor.Storage storage, long at) throws IOException {
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long bytes = Math.multiplyExact(storage.size(), (long) storage.type().bytes());
        try {
            TensorInput.readFully(channel, at, count);
        } catch (EOFException e) {
            throw cutOff(storage, e);
        }
        if (count.getLong(0) != storage.size()) {
            throw bad(
                    place(storage.key()) + " of " + count.getLong(0) + " elements",
                    storage.size() + ", as the pickle says");
        }
        long from = at + Long.BYTES;
        if (bytes > channel.size() - from) {
            throw cutOff(storage, null);
        }
        regions.put(storage.key(), new Region(from, bytes));
        return from + bytes;
    }

    private BadInputException cutOff(TorchTensor.Storage storage, @Nullable Throwable cause) {
        BadInputException.Builder error = BadInputException.at(path.toString())
                .found("a file of " + regions.size() + " whole storages that ends within " + place(storage.key()))
                .expected(storage.size() + " elements of type " + storage.type() + " there")
                .advice("copy the file again");
        return cause == null ? error.build() : error.cause(cause).build();
    }

    private BadInputException bad(String found, String expected) {
        return BadInputException.at(path.toString())
                .found(found)
                .expected(expected)
                .build();
    }

    /** Pickles that follow each other. */
    private final class Pickles {
        private final byte[] bytes;
        private final Map<String, TorchTensor.Storage> storages = new HashMap<>();
        private int position;

        Pickles(byte[] bytes) {
            this.bytes = bytes;
        }

        Object next() {
            PickleReader.Part part = PickleReader.readPart(bytes, position, path.toString(), TorchNames.ALLOWED, id -> {
                TorchTensor.Storage storage = (TorchTensor.Storage) TorchNames.storage(id);
                storages.put(storage.key(), storage);
                return storage;
            });
            position = part.end();
            return part.value();
        }
    }

    @Override
    public String place(String key) {
        return "storage " + key;
    }

    @Override
    public boolean has(String key) {
        return regions.containsKey(key);
    }

    private Region region(String key) {
        @Nullable Region region = regions.get(key);
        if (region == null) {
            throw new IllegalArgumentException(place(key) + " is not there");
        }
        return region;
    }

    @Override
    public long bytes(String key) {
        return region(key).bytes();
    }

    @Override
    public InputStream open(String key) {
        Region region = region(key);
        return new TensorInput.Region(channel, region.from(), region.bytes());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
