package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/** An open safetensors file. Positioned reads, not a memory map: mapped pages would count as resident memory. */
final class SafetensorsFile implements TensorFile {
    private final Path path;
    private final FileChannel channel;
    private final long dataStart;
    private final SafetensorsHeader header;
    private final List<String> names;

    private SafetensorsFile(Path path, FileChannel channel, long dataStart, SafetensorsHeader header) {
        this.path = path;
        this.channel = channel;
        this.dataStart = dataStart;
        this.header = header;
        this.names = List.copyOf(header.entries().keySet());
    }

    static SafetensorsFile open(Path path) throws IOException {
        FileChannel channel = TensorInput.open(path);
        try {
            long fileBytes = channel.size();
            if (fileBytes < Long.BYTES) {
                throw notSafetensors(path, "a file of " + fileBytes + " bytes", null);
            }
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            TensorInput.readFully(channel, 0, length);
            long headerBytes = length.getLong(0);
            if (headerBytes < 2 || headerBytes > Safetensors.MAX_HEADER_BYTES) {
                throw notSafetensors(
                        path,
                        "another kind of file, or a header of " + Long.toUnsignedString(headerBytes) + " bytes",
                        "2 to " + Safetensors.MAX_HEADER_BYTES + " as in a safetensors file");
            }
            if (headerBytes > fileBytes - Long.BYTES) {
                throw notSafetensors(
                        path,
                        "a header of " + headerBytes + " bytes in a file of " + fileBytes,
                        "a file that is not cut off");
            }
            byte[] json = new byte[(int) headerBytes];
            TensorInput.readFully(channel, Long.BYTES, ByteBuffer.wrap(json));
            if (json[0] != '{') {
                throw notSafetensors(path, "a header that does not start with {", null);
            }
            long dataStart = Long.BYTES + headerBytes;
            return new SafetensorsFile(
                    path, channel, dataStart, SafetensorsHeader.parse(path, json, fileBytes - dataStart));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static BadInputException notSafetensors(Path path, String found, @Nullable String expected) {
        return BadInputException.at(path.toString())
                .found(found)
                .expected(expected == null ? "a safetensors file" : expected)
                .build();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean contains(String name) {
        return header.entries().containsKey(name);
    }

    @Override
    public TensorInfo info(String name) {
        return entry(name).info();
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    @Override
    public InputStream stream(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        return new TensorInput.Region(channel, dataStart + entry.begin(), entry.end() - entry.begin());
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw TensorInput.unknown(this, name);
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
