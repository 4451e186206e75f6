package org.ppflow.nn.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a zip archive entry by entry without knowing sizes beforehand: they and the checksum are put into the local header
 * afterwards. {@link java.util.zip.ZipOutputStream} cannot do that for stored entries. Local headers have zip64 sizes
 * always, as NumPy writes them; all times are 1980-01-01, so equal content gives equal bytes.
 */
final class ZipWriter {
    private static final int LOCAL_SIGNATURE = 0x04034B50;
    private static final int CENTRAL_SIGNATURE = 0x02014B50;
    private static final int END64_SIGNATURE = 0x06064B50;
    private static final int END64_LOCATOR_SIGNATURE = 0x07064B50;
    private static final int END_SIGNATURE = 0x06054B50;
    private static final short VERSION_ZIP64 = 45;
    private static final short UTF8_FLAG = 0x800;
    private static final short DATE_1980 = 0x21;
    private static final short ZIP64_EXTRA = 1;
    private static final long MAX_32 = 0xFFFFFFFFL;
    private static final int MAX_16 = 0xFFFF;
    private static final int CRC_OFFSET = 14;
    private static final int LOCAL_BYTES = 30;
    private static final int BUFFER_BYTES = 1 << 20;

    private static final short PADDING_EXTRA = 0x4246;
    private static final int EXTRA_HEADER_BYTES = 4;
    private static final int ZIP64_EXTRA_BYTES = 20;

    private final FileChannel channel;
    private final int alignment;
    /** For content only; flushed at the end of each entry. */
    private final OutputStream raw;

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] name, short method, long crc, long packed, long size, long offset) {}

    /** Writes the content of one entry. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Starts at the channel's position 0; the channel stays the caller's. */
    ZipWriter(FileChannel channel) {
        this(channel, 1);
    }

    /**
     * {@link #ZipWriter(FileChannel)} with the content of each entry starting at a multiple of some bytes: what is missing is
     * an extra field {@code FB}, as PyTorch writes it.
     */
    ZipWriter(FileChannel channel, int alignment) {
        this.channel = channel;
        this.alignment = alignment;
        this.raw = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    void add(String name, boolean deflate, Content content) throws IOException {
        if (!names.add(name)) {
            throw new IllegalArgumentException("the name " + name + " is taken");
        }
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        if (nameBytes.length > MAX_16) {
            throw new IllegalArgumentException("a name of " + nameBytes.length + " bytes");
        }
        short method = (short) (deflate ? 8 : 0);
        long offset = channel.position();
        int headerBytes = LOCAL_BYTES + nameBytes.length + ZIP64_EXTRA_BYTES;
        int padding = padding(offset + headerBytes);
        ByteBuffer header = buffer(headerBytes + padding)
                .putInt(LOCAL_SIGNATURE)
                .putShort(VERSION_ZIP64)
                .putShort(flags(nameBytes))
                .putShort(method)
                .putShort((short) 0)
                .putShort(DATE_1980)
                .putInt(0)
                .putInt((int) MAX_32)
                .putInt((int) MAX_32)
                .putShort((short) nameBytes.length)
                .putShort((short) (ZIP64_EXTRA_BYTES + padding))
                .put(nameBytes)
                .putShort(ZIP64_EXTRA)
                .putShort((short) (ZIP64_EXTRA_BYTES - EXTRA_HEADER_BYTES));
        long sizes = offset + header.position();
        header.putLong(0).putLong(0);
        if (padding > 0) {
            header.putShort(PADDING_EXTRA).putShort((short) (padding - EXTRA_HEADER_BYTES));
        }
        header.position(header.limit());
        writeFully(header);
        long start = channel.position();
        CRC32 crc = new CRC32();
        long size = writeContent(deflate, content, crc);
        long packed = channel.position() - start;
        patch(offset + CRC_OFFSET, buffer(4).putInt((int) crc.getValue()));
        patch(sizes, buffer(2 * Long.BYTES).putLong(size).putLong(packed));
        entries.add(new Entry(nameBytes, method, crc.getValue(), packed, size, offset));
    }

    /** Bytes of an extra field that moves what follows it to a multiple of the alignment. */
    private int padding(long position) {
        int missing = (int) ((alignment - position % alignment) % alignment);
        return missing == 0 || missing >= EXTRA_HEADER_BYTES ? missing : missing + alignment;
    }

    private long writeContent(boolean deflate, Content content, CRC32 crc) throws IOException {
        if (!deflate) {
            long start = channel.position();
            OutputStream checked = new CheckedOutputStream(raw, crc);
            content.writeTo(checked);
            checked.flush();
            return channel.position() - start;
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(raw, deflater, 1 << 16);
            OutputStream checked = new CheckedOutputStream(deflated, crc);
            content.writeTo(checked);
            deflated.finish();
            raw.flush();
            return deflater.getBytesRead();
        } finally {
            deflater.end();
        }
    }

    /** Writes the directory; nothing may follow. */
    void finish() throws IOException {
        long start = channel.position();
        for (Entry entry : entries) {
            writeFully(central(entry));
        }
        long length = channel.position() - start;
        if (entries.size() >= MAX_16 || start >= MAX_32 || length >= MAX_32) {
            long end64 = channel.position();
            writeFully(buffer(56 + 20)
                    .putInt(END64_SIGNATURE)
                    .putLong(44)
                    .putShort(VERSION_ZIP64)
                    .putShort(VERSION_ZIP64)
                    .putInt(0)
                    .putInt(0)
                    .putLong(entries.size())
                    .putLong(entries.size())
                    .putLong(length)
                    .putLong(start)
                    .putInt(END64_LOCATOR_SIGNATURE)
                    .putInt(0)
                    .putLong(end64)
                    .putInt(1));
        }
        short count = (short) Math.min(entries.size(), MAX_16);
        writeFully(buffer(22)
                .putInt(END_SIGNATURE)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt(clamp(length))
                .putInt(clamp(start))
                .putShort((short) 0));
    }

    private static ByteBuffer central(Entry entry) {
        boolean large = entry.size >= MAX_32 || entry.packed >= MAX_32 || entry.offset >= MAX_32;
        int extra = large ? 28 : 0;
        ByteBuffer header = buffer(46 + entry.name.length + extra)
                .putInt(CENTRAL_SIGNATURE)
                .putShort(VERSION_ZIP64)
                .putShort(VERSION_ZIP64)
                .putShort(flags(entry.name))
                .putShort(entry.method)
                .putShort((short) 0)
                .putShort(DATE_1980)
                .putInt((int) entry.crc)
                .putInt(large ? (int) MAX_32 : (int) entry.packed)
                .putInt(large ? (int) MAX_32 : (int) entry.size)
                .putShort((short) entry.name.length)
                .putShort((short) extra)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(large ? (int) MAX_32 : (int) entry.offset)
                .put(entry.name);
        if (large) {
            header.putShort(ZIP64_EXTRA)
                    .putShort((short) 24)
                    .putLong(entry.size)
                    .putLong(entry.packed)
                    .putLong(entry.offset);
        }
        return header;
    }

    /** Names beyond ASCII are marked as UTF-8. */
    private static short flags(byte[] name) {
        for (byte b : name) {
            if (b < 0) {
                return UTF8_FLAG;
            }
        }
        return 0;
    }

    private static int clamp(long value) {
        return (int) Math.min(value, MAX_32);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void writeFully(ByteBuffer full) throws IOException {
        full.flip();
        while (full.hasRemaining()) {
            channel.write(full);
        }
    }

    private void patch(long position, ByteBuffer full) throws IOException {
        full.flip();
        long at = position;
        while (full.hasRemaining()) {
            at += channel.write(full, at);
        }
    }
}
