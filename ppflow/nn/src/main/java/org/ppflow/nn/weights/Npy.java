package org.ppflow.nn.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ppflow.nn.files.AtomicFiles;

/** NumPy's npy format: one array a file. */
public final class Npy {
    private static final String SUFFIX = ".npy";
    private static final int HEADER_BUFFER_BYTES = 4096;

    private Npy() {}

    /** Opens a file; its one array is called as the file is, without {@code .npy}. */
    public static TensorFile open(Path file) throws IOException {
        FileChannel channel = TensorInput.open(file);
        try {
            String where = file.toString();
            NpyHeader header;
            try (InputStream start =
                    new BufferedInputStream(new TensorInput.Region(channel, 0, channel.size()), HEADER_BUFFER_BYTES)) {
                header = NpyHeader.read(start, where);
            }
            TensorInfo info = header.info(nameOf(file), where);
            NpyBody.checkLength(info, channel.size() - header.bytes(), where);
            return new OpenNpy(file, channel, header, info);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Writes one array as NumPy would, complete or not at all; the name is not stored. */
    public static void write(Path file, TensorSource array) throws IOException {
        byte[] header = NpyHeader.write(array.info());
        AtomicFiles.write(file, out -> {
            out.write(header);
            TensorOutput.writeBody(array, out);
        });
    }

    private static String nameOf(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private record OpenNpy(Path path, FileChannel channel, NpyHeader header, TensorInfo only) implements TensorFile {
        @Override
        public List<String> names() {
            return List.of(only.name());
        }

        @Override
        public boolean contains(String name) {
            return name.equals(only.name());
        }

        @Override
        public TensorInfo info(String name) {
            if (!contains(name)) {
                throw TensorInput.unknown(this, name);
            }
            return only;
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of();
        }

        @Override
        public InputStream stream(String name) throws IOException {
            TensorInfo info = info(name);
            InputStream body = new TensorInput.Region(channel, header.bytes(), info.byteSize());
            return NpyBody.rowMajor(header, info, body, path.toString());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
