package org.ppflow.data.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What the first bytes of a file say that it is, whether it can be decoded or not. */
public final class PictureStart {
    /** Bytes that are enough to tell. */
    public static final int LENGTH = 12;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private PictureStart() {}

    /**
     * The kind of a picture, {@code PNG}, {@code JPEG}, {@code GIF} or {@code WebP}; empty for everything else. No archive begins like one of these.
     *
     * @param bytes of the file, its first {@link #LENGTH} or more
     */
    public static Optional<String> kind(byte... bytes) {
        if (isPng(bytes)) {
            return Optional.of("PNG");
        }
        if (isJpeg(bytes)) {
            return Optional.of("JPEG");
        }
        String start = text(bytes);
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return Optional.of("GIF");
        }
        return start.startsWith("RIFF") && start.endsWith("WEBP") ? Optional.of("WebP") : Optional.empty();
    }

    static boolean isPng(byte... bytes) {
        return bytes.length >= PNG.length && Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
    }

    static boolean isJpeg(byte... bytes) {
        return bytes.length > 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xD8;
    }

    /** The first bytes, a character each. */
    static String text(byte... bytes) {
        return new String(bytes, 0, Math.min(LENGTH, bytes.length), StandardCharsets.ISO_8859_1);
    }
}
