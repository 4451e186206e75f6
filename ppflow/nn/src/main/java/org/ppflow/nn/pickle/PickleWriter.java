package org.ppflow.nn.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a pickle of protocol 2 operation by operation; the caller keeps the stack in order. Shares nothing, which costs a few
 * bytes a name and makes the bytes depend on the content alone.
 */
public final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Starts with the protocol. */
    public PickleWriter() {
        code(0x80).code(2);
    }

    /** Puts down text. */
    public PickleWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return code('X').bytes(little(Integer.BYTES).putInt(utf8.length)).bytes(utf8);
    }

    /** Puts down an integer. */
    public PickleWriter integer(long value) {
        if (value >= 0 && value < 0x100) {
            return code('K').code((int) value);
        }
        if (value == (int) value) {
            return code('J').bytes(little(Integer.BYTES).putInt((int) value));
        }
        return code(0x8A).code(Long.BYTES).bytes(little(Long.BYTES).putLong(value));
    }

    /** Puts down a truth value. */
    public PickleWriter bool(boolean value) {
        return code(value ? 0x88 : 0x89);
    }

    /** Puts down what a name stands for. */
    public PickleWriter name(String module, String name) {
        return code('c').bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Starts a group. */
    public PickleWriter mark() {
        return code('(');
    }

    /** Turns the group since the last mark into a tuple. */
    public PickleWriter tuple() {
        return code('t');
    }

    /** Puts down a tuple of integers. */
    public PickleWriter integers(long... values) {
        mark();
        for (long value : values) {
            integer(value);
        }
        return tuple();
    }

    /** Turns an id into the object that it stands for. */
    public PickleWriter persistent() {
        return code('Q');
    }

    /** Calls what lies under a tuple of arguments. */
    public PickleWriter call() {
        return code('R');
    }

    /** Puts the keys and values since the last mark into the dict under it. */
    public PickleWriter setItems() {
        return code('u');
    }

    /** The pickle; the stack must hold its value alone. */
    public byte[] end() {
        code('.');
        return out.toByteArray();
    }

    private PickleWriter code(int value) {
        out.write(value);
        return this;
    }

    private PickleWriter bytes(ByteBuffer full) {
        full.flip();
        byte[] copy = new byte[full.remaining()];
        full.get(copy);
        return bytes(copy);
    }

    private PickleWriter bytes(byte[] all) {
        out.writeBytes(all);
        return this;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
