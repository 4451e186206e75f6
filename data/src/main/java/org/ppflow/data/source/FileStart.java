package org.ppflow.data.source;

import java.util.Arrays;
import java.util.Optional;

/** What the first bytes of a file say that it is. */
final class FileStart {
    /** Bytes that are enough to tell. */
    static final int LENGTH = 12;

    private FileStart() {}

    /** The kind of a picture, {@code PNG}; empty for everything else. */
    static Optional<String> picture(byte... start) {
        if (begins(start, 0x89, 'P', 'N', 'G')) {
            return Optional.of("PNG");
        }
        if (begins(start, 0xFF, 0xD8, 0xFF)) {
            return Optional.of("JPEG");
        }
        if (begins(start, 'G', 'I', 'F', '8')) {
            return Optional.of("GIF");
        }
        boolean webp = begins(start, 'R', 'I', 'F', 'F')
                && start.length >= LENGTH
                && begins(Arrays.copyOfRange(start, LENGTH - 4, LENGTH), 'W', 'E', 'B', 'P');
        return webp ? Optional.of("WebP") : Optional.empty();
    }

    private static boolean begins(byte[] start, int... expected) {
        if (start.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((start[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
