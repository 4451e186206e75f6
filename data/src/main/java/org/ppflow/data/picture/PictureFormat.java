package org.ppflow.data.picture;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;

/**
 * What the first bytes of a file say, whatever its name is: format and size, before anything is decoded.
 *
 * @param kind JPEG or PNG
 * @param height rows
 * @param width columns
 * @param components samples a pixel: 1 grey or palette, 2 grey and alpha, 3 colours, 4 inks or colours and alpha
 * @param bits of a sample
 * @param ycck whether the four inks are stored as luminance, chrominance and black
 */
record PictureFormat(Kind kind, int height, int width, int components, int bits, boolean ycck) {
    /** What can be decoded. */
    enum Kind {
        JPEG,
        PNG
    }

    private static final int ADOBE = 0xEE;
    private static final int ADOBE_BYTES = 12;

    static PictureFormat read(byte[] bytes, String where) {
        if (PictureStart.isPng(bytes)) {
            return png(bytes, where);
        }
        if (PictureStart.isJpeg(bytes)) {
            return jpeg(bytes, where);
        }
        throw bad(where, bytes.length == 0 ? "an empty file" : "no picture but " + described(bytes));
    }

    private static PictureFormat png(byte[] bytes, String where) {
        if (bytes.length < 33 || bytes[12] != 'I' || bytes[13] != 'H' || bytes[14] != 'D' || bytes[15] != 'R') {
            throw bad(where, "a PNG without its header");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int width = header.getInt(16);
        int height = header.getInt(20);
        int components = switch (bytes[25]) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            case 6 -> 4;
            default -> throw bad(where, "a PNG of colour type " + bytes[25]);
        };
        return sized(new PictureFormat(Kind.PNG, height, width, components, bytes[24], false), where);
    }

    /** Walks the segments up to the frame header. */
    private static PictureFormat jpeg(byte[] bytes, String where) {
        boolean ycck = false;
        int at = 2;
        while (at + 4 <= bytes.length) {
            if ((bytes[at] & 0xFF) != 0xFF) {
                throw bad(where, "a JPEG without a marker at byte " + at);
            }
            int marker = bytes[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++; // padding
                continue;
            }
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
                at += 2; // no length follows
                continue;
            }
            int length = (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
            if (marker == ADOBE && length >= 2 + ADOBE_BYTES && at + 4 + ADOBE_BYTES <= bytes.length) {
                ycck = bytes[at + 4] == 'A' && bytes[at + 4 + ADOBE_BYTES - 1] == 2;
            }
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame && length >= 8 && at + 10 <= bytes.length) {
                int bits = bytes[at + 4] & 0xFF;
                int height = (bytes[at + 5] & 0xFF) << 8 | (bytes[at + 6] & 0xFF);
                int width = (bytes[at + 7] & 0xFF) << 8 | (bytes[at + 8] & 0xFF);
                int components = bytes[at + 9] & 0xFF;
                return sized(
                        new PictureFormat(Kind.JPEG, height, width, components, bits, ycck && components == 4), where);
            }
            at += 2 + Math.max(2, length);
        }
        throw bad(where, "a truncated JPEG: no frame header in " + bytes.length + " bytes");
    }

    private static PictureFormat sized(PictureFormat format, String where) {
        if (format.height < 1 || format.width < 1) {
            throw bad(where, "a picture of " + format.height + "x" + format.width + " pixels");
        }
        return format;
    }

    private static String described(byte[] bytes) {
        Optional<String> kind = PictureStart.kind(bytes);
        if (kind.isPresent()) {
            return "a " + kind.get();
        }
        String start = PictureStart.text(bytes);
        if (start.startsWith("BM")) {
            return "a BMP";
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return "a TIFF";
        }
        return "bytes that begin with '" + start.replaceAll("[^ -~]", ".") + "'";
    }

    static BadInputException bad(String where, String found) {
        return BadInputException.at(where)
                .found(found)
                .expected("a whole JPEG or PNG")
                .build();
    }
}
