package org.ppflow.nn.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle, read as the operands of its operations. A length is believed only as far as there are bytes.
 * Errors are {@link MalformedPickleException}s; {@link PickleReader} adds where.
 */
final class PickleInput {
    private final ByteBuffer bytes;

    PickleInput(byte[] pickle, int from) {
        this.bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN).position(from);
    }

    int position() {
        return bytes.position();
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    int unsignedByte() {
        require(1);
        return bytes.get() & 0xFF;
    }

    int unsignedShort() {
        require(Short.BYTES);
        return bytes.getShort() & 0xFFFF;
    }

    int signedInt() {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    long signedLong() {
        require(Long.BYTES);
        return bytes.getLong();
    }

    /** Eight bytes, the highest first. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    /** Two's complement, the lowest byte first: a {@link Long} where it fits. */
    Object integer(long length) {
        byte[] digits = take(length);
        for (int i = 0, j = digits.length - 1; i < j; i++, j--) {
            byte low = digits[i];
            digits[i] = digits[j];
            digits[j] = low;
        }
        BigInteger value = digits.length == 0 ? BigInteger.ZERO : new BigInteger(digits);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    String text(long length) {
        return decode(ByteBuffer.wrap(take(length)));
    }

    /** Up to a line feed, which is passed over. */
    String line() {
        int start = bytes.position();
        for (int i = start; i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                ByteBuffer line = bytes.slice(start, i - start);
                bytes.position(i + 1);
                return decode(line);
            }
        }
        throw new MalformedPickleException("a line that does not end");
    }

    byte[] take(long length) {
        require(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    private void require(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new MalformedPickleException("an operand of " + Long.toUnsignedString(length) + " bytes where "
                    + bytes.remaining() + " are left");
        }
    }

    private static String decode(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedPickleException("text that is not UTF-8", e);
        }
    }
}
