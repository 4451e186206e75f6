package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * An open npz archive. An array that is damaged or of an unknown type stops only those who ask for it. Checksums are
 * verified when an array is read to its end. Entries that are no arrays are passed over.
 */
public final class NpzFile implements TensorFile {
    private static final int MAX_TEXT_BYTES = 16 << 20;

    private final Path path;
    private final ZipArchive zip;
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, NpyHeader> headers = new ConcurrentHashMap<>();

    private NpzFile(Path path, ZipArchive zip) {
        this.path = path;
        this.zip = zip;
        for (String entry : zip.names()) {
            if (entry.endsWith(Npz.SUFFIX)) {
                names.add(entry.substring(0, entry.length() - Npz.SUFFIX.length()));
            }
        }
    }

    static NpzFile open(Path path) throws IOException {
        return new NpzFile(path, ZipArchive.open(path));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public boolean contains(String name) {
        return names.contains(name);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public TensorInfo info(String name) throws IOException {
        NpyHeader header = header(name);
        TensorInfo info = header.info(name, where(name));
        NpyBody.checkLength(info, zip.size(name + Npz.SUFFIX) - header.bytes(), where(name));
        return info;
    }

    @Override
    public InputStream stream(String name) throws IOException {
        TensorInfo info = info(name);
        InputStream body = body(name);
        return NpyBody.rowMajor(header(name), info, body, where(name));
    }

    /** Whether an array's first axis varies fastest in the file (Fortran order). */
    public boolean columnMajor(String name) throws IOException {
        return header(name).columnMajor();
    }

    /**
     * The elements in the file's own order, row-major or {@linkplain #columnMajor column-major}, from a byte on; needs no memory, whatever the array's size.
     * From byte 0 on the checksum is verified with the last byte. A stored array is reached at any later byte at once, without a verified checksum; a packed
     * one is unpacked up to there.
     *
     * @param from byte of the elements, from 0 to {@link TensorInfo#byteSize()}
     */
    public InputStream asStored(String name, long from) throws IOException {
        TensorInfo info = info(name);
        if (from < 0 || from > info.byteSize()) {
            throw new IndexOutOfBoundsException("byte " + from + " of " + info);
        }
        return from == 0
                ? body(name)
                : zip.stream(name + Npz.SUFFIX, header(name).bytes() + from);
    }

    /** Name, unpacked size and CRC-32 of every entry, a line each: changes, but for chance, with any content, and costs no reading. */
    public String directory() {
        return zip.directory();
    }

    /** The texts of an array of type {@code <U…} (NumPy's fixed-width Unicode), row-major, at most 16 MiB as stored. */
    public List<String> texts(String name) throws IOException {
        NpyHeader header = header(name);
        String description = header.description();
        if (!description.matches("<U[0-9]{1,6}") || (header.columnMajor() && header.shape().length > 1)) {
            throw BadInputException.at(where(name))
                    .found("an array of type " + description)
                    .expected("texts: type <U and a width, row-major")
                    .build();
        }
        int width = Integer.BYTES * Integer.parseInt(description.substring(2));
        long count = FloatArray.size(header.shape());
        long bytes = zip.size(name + Npz.SUFFIX) - header.bytes();
        if (bytes > MAX_TEXT_BYTES || count > MAX_TEXT_BYTES || bytes != count * width) {
            throw BadInputException.at(where(name))
                    .found(bytes + " bytes of text")
                    .expected(count + " texts of " + width + " bytes, at most " + MAX_TEXT_BYTES)
                    .build();
        }
        List<String> texts = new ArrayList<>();
        try (InputStream in = body(name)) {
            byte[] all = in.readNBytes((int) bytes);
            for (int i = 0; i < count; i++) {
                texts.add(text(ByteBuffer.wrap(all, i * width, width).order(ByteOrder.LITTLE_ENDIAN), name));
            }
        }
        return texts;
    }

    /** Code points until the end or the zeros that fill up. */
    private String text(ByteBuffer codePoints, String name) {
        StringBuilder text = new StringBuilder();
        while (codePoints.hasRemaining()) {
            int codePoint = codePoints.getInt();
            if (codePoint == 0) {
                break;
            }
            if (!Character.isValidCodePoint(codePoint)) {
                throw BadInputException.at(where(name))
                        .found("code point " + codePoint)
                        .expected("Unicode text")
                        .build();
            }
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }

    private NpyHeader header(String name) throws IOException {
        if (!names.contains(name)) {
            throw TensorInput.unknown(this, name);
        }
        NpyHeader known = headers.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = zip.stream(name + Npz.SUFFIX)) {
            NpyHeader header = NpyHeader.read(in, where(name));
            headers.put(name, header);
            return header;
        }
    }

    /** Content of an entry after its npy header. */
    private InputStream body(String name) throws IOException {
        int headerBytes = header(name).bytes();
        InputStream in = zip.stream(name + Npz.SUFFIX);
        // Through read, not skip: the checksum covers the header too.
        if (in.readNBytes(headerBytes).length < headerBytes) {
            in.close();
            throw BadInputException.at(where(name))
                    .found("a npy header that is cut off")
                    .build();
        }
        return in;
    }

    private String where(String name) {
        return path + ": " + name;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
