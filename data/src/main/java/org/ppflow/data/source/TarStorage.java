package org.ppflow.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/**
 * A tar, and tars inside it, read where they lie: ImageNet's archive holds one tar a class, {@code n01440764.tar}, whose files get the class as their
 * folder. Opened by walking from header to header, which reads 512 bytes a file. In memory: about 150 bytes a file.
 *
 * <p>Plain, GNU (long names) and pax headers. Links, devices, sparse files, absolute names and {@code ..} are refused: nobody stores pictures so.
 */
final class TarStorage implements FileStorage {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;
    private static final int CHECKSUM_AT = 148;
    private static final int MAX_NAME_BYTES = 1 << 16;
    private static final String SUFFIX = ".tar";

    private final Path file;
    private final List<StoredFile> files;

    private TarStorage(Path file, List<StoredFile> files) {
        this.file = file;
        this.files = files;
    }

    /** Walks the archive. */
    static TarStorage open(Path file) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            new Walk(channel, file.toString(), files).walk("", 0, channel.size(), 0);
        }
        return new TarStorage(file, files);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public List<StoredFile> files() {
        return files;
    }

    @Override
    public Reader open() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new Reader() {
            @Override
            public byte[] read(StoredFile stored) throws IOException {
                return TarStorage.read(channel, stored.place(), Math.toIntExact(stored.length()));
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static byte[] read(FileChannel channel, long place, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, place + bytes.position()) < 0) {
                throw new EOFException("the archive ends at " + channel.size());
            }
        }
        return bytes.array();
    }

    /** One walk over an archive. */
    private record Walk(FileChannel channel, String archive, List<StoredFile> files) {
        /** Walks the headers in [start, end); {@code folder} stands before each name. */
        void walk(String folder, long start, long end, int depth) throws IOException {
            long at = start;
            String longName = null;
            String paxName = null;
            long paxSize = -1;
            while (at + BLOCK <= end) {
                byte[] header = read(channel, at, BLOCK);
                if (header[0] == 0 && allZero(header)) {
                    return;
                }
                check(header, at);
                long size = number(header, 124, 12, at);
                if (paxSize >= 0) {
                    size = paxSize;
                }
                long body = at + BLOCK;
                if (size < 0 || body + size > end) {
                    throw bad(at, "a file of " + size + " bytes, beyond the end of the archive", "a whole archive");
                }
                char type = (char) header[156];
                switch (type) {
                    case 'L' -> longName = text(body, size);
                    case 'x' -> {
                        byte[] records = header(body, size);
                        paxName = pax(records, "path", at);
                        String given = pax(records, "size", at);
                        paxSize = given == null ? -1 : paxSize(given, at);
                    }
                    case 'g', 'K' -> {
                        // Comments, and names of links, which are refused themselves.
                    }
                    default -> {
                        String name = longName != null ? longName : paxName != null ? paxName : name(header);
                        member(folder, name, type, body, size, depth);
                        longName = null;
                        paxName = null;
                        paxSize = -1;
                    }
                }
                at = body + (size + BLOCK - 1) / BLOCK * BLOCK;
            }
            // An archive cut between two files looks whole but for this.
            throw bad(at, "the end of the archive without its end marker", "a whole archive");
        }

        private void member(String folder, String name, char type, long body, long size, int depth) throws IOException {
            if (type == '5' || (type == '\0' && name.endsWith("/"))) {
                return; // folders come with their files
            }
            if (type != '0' && type != '\0' && type != '7') {
                throw bad(
                        body - BLOCK,
                        "'" + name + "' is " + (type == '1' || type == '2' ? "a link" : "of type '" + type + "'"),
                        "files");
            }
            String clean = clean(name, body - BLOCK);
            if (depth == 0 && clean.toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
                walk(folder + clean.substring(0, clean.length() - SUFFIX.length()) + "/", body, body + size, depth + 1);
                return;
            }
            files.add(new StoredFile(folder + clean, body, size));
        }

        private String clean(String name, long at) {
            return StoredFile.inside(name)
                    .orElseThrow(
                            () -> bad(at, "the name '" + name + "', which leads outside", "one inside the archive"));
        }

        private void check(byte[] header, long at) {
            long sum = 0;
            for (int i = 0; i < BLOCK; i++) {
                sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? ' ' : header[i] & 0xFF;
            }
            if (sum != number(header, CHECKSUM_AT, 8, at)) {
                throw bad(at, "a header whose sum is wrong", "a tar, not packed by gzip");
            }
        }

        private String name(byte[] header) {
            String name = string(header, 0, NAME_BYTES);
            boolean ustar = header[257] == 'u' && header[258] == 's' && header[262] == 0;
            String prefix = ustar ? string(header, PREFIX_AT, PREFIX_BYTES) : "";
            return prefix.isEmpty() ? name : prefix + "/" + name;
        }

        private byte[] header(long body, long size) throws IOException {
            if (size > MAX_NAME_BYTES) {
                throw bad(body - BLOCK, "a name of " + size + " bytes", "at most " + MAX_NAME_BYTES);
            }
            return read(channel, body, (int) size);
        }

        private String text(long body, long size) throws IOException {
            byte[] bytes = header(body, size);
            String whole = new String(bytes, StandardCharsets.UTF_8);
            int end = whole.indexOf('\0');
            return end < 0 ? whole : whole.substring(0, end);
        }

        /** The value of a pax record, {@code LENGTH KEY=VALUE\n}, which may hold any bytes; the last one counts. */
        private @Nullable String pax(byte[] records, String key, long at) {
            String value = null;
            int start = 0;
            while (start < records.length) {
                int space = start;
                int length = 0;
                while (space < records.length
                        && records[space] >= '0'
                        && records[space] <= '9'
                        && length < records.length) {
                    length = 10 * length + records[space++] - '0';
                }
                int equals = space;
                while (equals < records.length && records[equals] != '=') {
                    equals++;
                }
                int end = start + length;
                if (space == start || end > records.length || equals >= end || records[end - 1] != '\n') {
                    throw bad(at, "a damaged pax record at its byte " + start, "LENGTH KEY=VALUE");
                }
                String found = new String(records, space + 1, equals - space - 1, StandardCharsets.UTF_8);
                if (found.startsWith("GNU.sparse.")) {
                    throw bad(at, "a sparse file", "files as they are");
                }
                if (found.equals(key)) {
                    value = new String(records, equals + 1, end - 1 - equals - 1, StandardCharsets.UTF_8);
                }
                start = end;
            }
            return value;
        }

        private long paxSize(String text, long at) {
            if (!text.matches("\\d{1,18}")) {
                throw bad(at, "the pax size '" + text + "'", "a number");
            }
            return Long.parseLong(text);
        }

        /** Octal digits, or binary where the first bit says so (GNU). */
        private long number(byte[] header, int from, int length, long at) {
            if ((header[from] & 0x80) != 0) {
                long value = header[from] & 0x7F;
                for (int i = from + 1; i < from + length; i++) {
                    if (value >= 1L << 54) {
                        throw bad(at, "a number beyond 2^62", "a tar");
                    }
                    value = value << 8 | (header[i] & 0xFF);
                }
                return value;
            }
            String digits = string(header, from, length).trim();
            if (!digits.matches("[0-7]{0,20}")) {
                throw bad(at, "the number '" + digits.replaceAll("[^ -~]", ".") + "'", "a tar, not packed by gzip");
            }
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        }

        private static String string(byte[] header, int from, int length) {
            int end = from;
            while (end < from + length && header[end] != 0) {
                end++;
            }
            return new String(header, from, end - from, StandardCharsets.UTF_8);
        }

        private static boolean allZero(byte[] header) {
            for (byte one : header) {
                if (one != 0) {
                    return false;
                }
            }
            return true;
        }

        private BadInputException bad(long at, String found, String expected) {
            return BadInputException.at(archive + ": byte " + at)
                    .found(found)
                    .expected(expected)
                    .advice("fetch the archive again; nothing was unpacked")
                    .build();
        }
    }
}
