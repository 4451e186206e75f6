package org.ppflow.nn.weights;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ppflow.nn.errors.BadInputException;

/**
 * A zip archive from a stranger, read only. The Java reader does the directory, zip64 and inflating; what it does not do is
 * done here: checksums, names that lead elsewhere, twice the same name, entries that share bytes, and zip bombs.
 */
final class ZipArchive implements Closeable {
    /** An entry may always unpack to this much. */
    static final long FREE_BYTES = 64L << 20;
    /** Beyond that, to this many times its packed size. Deflate's own limit is 1032. */
    static final long MAX_RATIO = 200;

    private static final int SIGNATURE_BYTES = 6;
    private static final int PASSED_OVER_BYTES = 1 << 13;

    /** At once: Java's reader of files takes fresh native memory of the length asked for, and large pieces of it are slow to come by. */
    private static final int READ_BYTES = 1 << 16;

    /** What Java's reader says of a file without its end. */
    private static final String NO_END = "END header not found";

    private final Path path;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private ZipArchive(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    static ZipArchive open(Path path) throws IOException {
        long fileBytes;
        try (FileChannel channel = TensorInput.open(path)) {
            fileBytes = channel.size();
            refuseOtherFormats(path, channel);
        }
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (IOException
                | IllegalArgumentException e) { // the file could be read a moment ago: its content is wrong
            boolean cutOff = String.valueOf(e.getMessage()).contains(NO_END);
            throw BadInputException.at(path.toString())
                    .found((cutOff ? "a damaged zip archive: the zip is cut off" : "a damaged zip archive") + " ("
                            + e.getMessage() + ")")
                    .expected("a whole one")
                    .advice(cutOff ? "copy it again" : "it may have been cut off: copy it again")
                    .cause(e)
                    .build();
        }
        try {
            ZipArchive archive = new ZipArchive(path, zip);
            archive.checkEntries(fileBytes);
            return archive;
        } catch (IllegalArgumentException e) { // Java's reader decodes names late
            zip.close();
            throw BadInputException.at(path.toString())
                    .found("an entry whose name is no text (" + e.getMessage() + ")")
                    .expected("names in UTF-8")
                    .cause(e)
                    .build();
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static void refuseOtherFormats(Path path, FileChannel channel) throws IOException {
        byte[] start = new byte[(int) Math.min(SIGNATURE_BYTES, channel.size())];
        TensorInput.readFully(channel, 0, ByteBuffer.wrap(start));
        if (Arrays.equals(start, NpyHeader.MAGIC)) {
            throw BadInputException.at(path.toString())
                    .found("a bare npy array")
                    .expected("a zip archive (npz)")
                    .advice(
                            String.valueOf(path.getFileName()).endsWith(".npy")
                                    ? "save it with numpy.savez(file, array)"
                                    : "name it .npy, or save it with numpy.savez")
                    .build();
        }
        if (start.length < 4 || start[0] != 'P' || start[1] != 'K') {
            throw BadInputException.at(path.toString())
                    .found("no zip archive: it does not start with PK")
                    .expected("a zip archive (npz)")
                    .build();
        }
    }

    private void checkEntries(long fileBytes) throws IOException {
        long packed = 0;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName();
            checkName(name);
            if (entries.putIfAbsent(name, entry) != null) {
                throw bad("two entries called " + name, "each name once");
            }
            if (entry.getSize() < 0 || entry.getCompressedSize() < 0) {
                throw bad("entry " + name + " without a proper size", "a size");
            }
            packed += entry.getCompressedSize();
            if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
                throw bad("entry " + name + " packed by method " + entry.getMethod(), "stored or deflated");
            }
            if (entry.getMethod() == ZipEntry.STORED && entry.getSize() != entry.getCompressedSize()) {
                throw bad(
                        "entry " + name + " of " + entry.getSize() + " bytes stored in " + entry.getCompressedSize(),
                        "equal sizes");
            }
            if (entry.getSize() > FREE_BYTES && entry.getSize() / MAX_RATIO > entry.getCompressedSize()) {
                throw bad(
                        "a zip bomb: entry " + name + " unpacks from " + entry.getCompressedSize() + " to "
                                + entry.getSize() + " bytes",
                        "at most " + MAX_RATIO + " times its packed size");
            }
            if (packed > fileBytes) {
                throw bad("entries of more bytes than the file has", "entries that do not overlap");
            }
        }
    }

    private void checkName(String name) {
        boolean leadsElsewhere = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || Arrays.asList(name.split("/", -1)).contains("..");
        if (leadsElsewhere) {
            throw bad("an entry called " + name, "names that do not lead out of the archive");
        }
    }

    /** Names in the order of the archive's directory. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** Unpacked size of an entry. */
    long size(String name) {
        return entry(name).getSize();
    }

    /** Name, unpacked size and checksum of every entry, a line each, as the archive's directory says. */
    String directory() {
        StringBuilder lines = new StringBuilder();
        entries.forEach((name, entry) -> lines.append(name)
                .append(' ')
                .append(entry.getSize())
                .append(' ')
                .append(Long.toHexString(entry.getCrc()))
                .append('\n'));
        return lines.toString();
    }

    /** Unpacked content; the checksum is verified with the last byte. */
    InputStream stream(String name) throws IOException {
        ZipEntry entry = entry(name);
        return new Verified(raw(entry), entry);
    }

    /**
     * Unpacked content from a byte on. A stored entry is read from there and its checksum, which is over all of it, is not verified; a packed one has to be
     * read from its start, and is.
     */
    InputStream stream(String name, long from) throws IOException {
        ZipEntry entry = entry(name);
        if (from < 0 || from > entry.getSize()) {
            throw new IndexOutOfBoundsException("byte " + from + " of " + entry.getSize());
        }
        if (from == 0 || entry.getMethod() == ZipEntry.DEFLATED) {
            InputStream in = stream(name);
            try {
                in.skipNBytes(from);
                return in;
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        }
        InputStream raw = raw(entry);
        try {
            raw.skipNBytes(from);
        } catch (IOException e) {
            raw.close();
            throw damaged(entry, e);
        }
        return new Verified(raw, entry, from);
    }

    private InputStream raw(ZipEntry entry) throws IOException {
        String name = entry.getName();
        InputStream raw;
        try {
            raw = zip.getInputStream(entry);
        } catch (IOException e) {
            throw damaged(entry, e);
        }
        if (raw == null) {
            throw bad("no entry " + name, "an entry of this name");
        }
        return raw;
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw bad("no entry " + name, "one of " + entries.keySet());
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private BadInputException bad(String found, String expected) {
        return BadInputException.at(path.toString())
                .found(found)
                .expected(expected)
                .build();
    }

    private BadInputException damaged(ZipEntry entry, IOException cause) {
        return BadInputException.at(path.toString())
                .found("entry " + entry.getName() + " is damaged (" + cause.getMessage() + ")")
                .expected("a whole zip archive")
                .cause(cause)
                .build();
    }

    /** Counts and sums what comes out, and compares at the end. */
    private final class Verified extends FilterInputStream {
        private final ZipEntry entry;
        private final CRC32 sum = new CRC32();
        private final boolean whole;
        private final byte[] passedOver = new byte[PASSED_OVER_BYTES];
        private long remaining;

        Verified(InputStream raw, ZipEntry entry) throws IOException {
            this(raw, entry, 0);
        }

        Verified(InputStream raw, ZipEntry entry, long from) throws IOException {
            super(raw);
            this.entry = entry;
            this.whole = from == 0;
            this.remaining = entry.getSize() - from;
            if (remaining == 0) {
                verify();
            }
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
            if (remaining == 0) {
                return -1;
            }
            int read = readRaw(target, offset, (int) Math.min(Math.min(length, READ_BYTES), remaining));
            if (read < 0) {
                throw bad(
                        "entry " + entry.getName() + " ends " + remaining + " bytes early", entry.getSize() + " bytes");
            }
            sum.update(target, offset, read);
            remaining -= read;
            if (remaining == 0) {
                verify();
            }
            return read;
        }

        private int readRaw(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException e) { // also of seeks to where a wrong directory points
                throw damaged(entry, e);
            }
        }

        private void verify() throws IOException {
            if (readRaw(new byte[1], 0, 1) >= 0) {
                throw bad("entry " + entry.getName() + " is longer than announced", entry.getSize() + " bytes");
            }
            if (whole && sum.getValue() != entry.getCrc()) {
                throw bad(
                        "the checksum of " + entry.getName() + " is " + Long.toHexString(sum.getValue()),
                        Long.toHexString(entry.getCrc()) + " as the archive says; the content is damaged");
            }
        }

        /** What is summed is read; otherwise a stored entry lets itself be jumped over. */
        @Override
        public long skip(long count) throws IOException {
            if (count <= 0 || remaining == 0) {
                return 0;
            }
            if (whole) {
                return Math.max(0, read(passedOver, 0, (int) Math.min(count, passedOver.length)));
            }
            long skipped;
            try {
                skipped = in.skip(Math.min(count, remaining));
            } catch (IOException e) {
                throw damaged(entry, e);
            }
            remaining -= skipped;
            if (remaining == 0) {
                verify();
            }
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
