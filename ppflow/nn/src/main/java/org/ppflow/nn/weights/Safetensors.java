package org.ppflow.nn.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.databind.json.JsonMapper;

/**
 * The safetensors format: 8 bytes with the header's length, a JSON header, then the raw data of all tensors.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
    /** Longest header that is read; the limit of the reference reader. */
    public static final int MAX_HEADER_BYTES = 100_000_000;

    private static final int ALIGNMENT = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Safetensors() {}

    /** Opens a file; the header is read and checked in full, data only when asked for. */
    public static TensorFile open(Path file) throws IOException {
        return SafetensorsFile.open(file);
    }

    /**
     * Writes a file whose bytes depend on the content alone: tensors with larger elements first, which keeps all of them
     * aligned, then by name; the file appears complete or not at all.
     *
     * @param metadata free text, stored under {@code __metadata__}
     * @param tensors in any order, each name once; each is asked for its content when its turn comes
     */
    public static void write(Path file, Map<String, String> metadata, Collection<TensorSource> tensors)
            throws IOException {
        List<TensorSource> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingInt(
                        (TensorSource source) -> -source.info().type().bytes())
                .thenComparing(source -> source.info().name()));
        byte[] header = header(metadata, sorted);
        AtomicFiles.write(file, out -> {
            out.write(header);
            for (TensorSource source : sorted) {
                TensorOutput.writeBody(source, out);
            }
        });
    }

    /** {@link #write(Path, Map, Collection)} without metadata. */
    public static void write(Path file, Collection<TensorSource> tensors) throws IOException {
        write(file, Map.of(), tensors);
    }

    /** The header with its length in front, filled up with spaces so that the data is aligned. */
    private static byte[] header(Map<String, String> metadata, List<TensorSource> sorted) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            entries.put(SafetensorsHeader.METADATA, new TreeMap<>(metadata));
        }
        Set<String> names = new HashSet<>();
        long offset = 0;
        for (TensorSource source : sorted) {
            TensorInfo info = source.info();
            if (info.name().equals(SafetensorsHeader.METADATA) || !names.add(info.name())) {
                throw new IllegalArgumentException("the name " + info.name() + " is taken");
            }
            long end = offset + info.byteSize();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", info.type().name());
            entry.put("shape", info.shape());
            entry.put("data_offsets", new long[] {offset, end});
            entries.put(info.name(), entry);
            offset = end;
        }
        byte[] json = JSON.writeValueAsString(entries).getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (padded > MAX_HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "a header of " + padded + " bytes is more than the format's " + MAX_HEADER_BYTES);
        }
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }
}
