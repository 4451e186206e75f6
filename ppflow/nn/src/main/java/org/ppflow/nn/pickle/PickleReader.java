package org.ppflow.nn.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/**
 * Python's pickle machine for protocols 2 to 5, without the operations that weight files do not need. Nothing a pickle says is
 * executed: a name is looked up in the list that is given, and a name that is not there ends the reading.
 *
 * <p>Memory: at most {@value #MAX_OPERATIONS} operations, each of which makes one small object; texts are no longer
 * than the pickle. Nothing recurses, so depth is no danger.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">the operations</a>
 */
public final class PickleReader {
    /** More than a thousand times what the training checkpoint of a large network takes. */
    static final int MAX_OPERATIONS = 4_000_000;

    /** Stands in the stack for the start of a group. */
    private enum Mark {
        MARK
    }

    private final String where;
    private final Map<String, Object> names;
    private final Constructor persistent;
    private final PickleInput in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    /**
     * One of several pickles that follow each other.
     *
     * @param value its value
     * @param end where the next one starts
     */
    public record Part(Object value, int end) {}

    private PickleReader(byte[] pickle, int from, String where, Map<String, Object> names, Constructor persistent) {
        this.in = new PickleInput(pickle, from);
        this.where = where;
        this.names = names;
        this.persistent = persistent;
    }

    /**
     * Reads one value: {@link Long} or {@link BigInteger}, {@link Double}, {@link Boolean}, {@link String}, {@code byte[]},
     * {@link None}, a mutable {@link List} for a list, an unmodifiable one for a tuple, a {@link Map} that keeps the order for
     * a dict, a {@link Namespace}, or what a constructor gives. Values may share parts, and a list may hold itself.
     *
     * @param pickle all of it
     * @param where named in errors
     * @param names what {@code module.name} stands for: a {@link Constructor}, or a value
     * @param persistent gives the value of a persistent id, its only argument
     * @throws BadInputException if it is damaged, or names something else; nothing has been executed then
     */
    public static Object read(byte[] pickle, String where, Map<String, Object> names, Constructor persistent) {
        PickleReader reader = new PickleReader(pickle, 0, where, names, persistent);
        return reader.guarded(() -> {
            Object value = reader.run();
            if (!reader.in.isAtEnd()) {
                throw new MalformedPickleException("more after its end");
            }
            return value;
        });
    }

    /**
     * {@link #read} for a pickle behind which there is more.
     *
     * @param from where it starts
     */
    public static Part readPart(
            byte[] bytes, int from, String where, Map<String, Object> names, Constructor persistent) {
        PickleReader reader = new PickleReader(bytes, from, where, names, persistent);
        return new Part(reader.guarded(reader::run), reader.in.position());
    }

    private Object guarded(Supplier<Object> reading) {
        try {
            return reading.get();
        } catch (MalformedPickleException | IllegalArgumentException | ArithmeticException e) {
            throw BadInputException.at(where)
                    .found("a damaged pickle: " + e.getMessage() + ", before byte " + in.position())
                    .expected("a pickle as PyTorch writes it")
                    .cause(e)
                    .build();
        }
    }

    private Object run() {
        for (int operations = 0; operations < MAX_OPERATIONS; operations++) {
            int code = in.unsignedByte();
            if (code == '.') {
                Object value = pop();
                if (!stack.isEmpty()) {
                    throw new MalformedPickleException("more after its end");
                }
                return value;
            }
            if (!literal(code) && !group(code)) {
                operation(code);
            }
        }
        throw new MalformedPickleException("more than " + MAX_OPERATIONS + " operations");
    }

    /** Operations that put down a constant. */
    private boolean literal(int code) {
        switch (code) {
            case 'N' -> push(None.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.signedInt());
            case 'K' -> push((long) in.unsignedByte());
            case 'M' -> push((long) in.unsignedShort());
            case 0x8A -> push(in.integer(in.unsignedByte()));
            case 'G' -> push(in.bigEndianDouble());
            case 'X' -> push(in.text(Integer.toUnsignedLong(in.signedInt())));
            case 0x8C -> push(in.text(in.unsignedByte()));
            case 0x8D -> push(in.text(in.signedLong()));
            case 'B' -> push(in.take(Integer.toUnsignedLong(in.signedInt())));
            case 'C' -> push(in.take(in.unsignedByte()));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Operations that make or fill lists, tuples and dicts. */
    private boolean group(int code) {
        switch (code) {
            case '(' -> push(Mark.MARK);
            case ')' -> push(List.of());
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new LinkedHashMap<>());
            case 't' -> push(List.copyOf(popToMark()));
            case 0x85, 0x86, 0x87 -> push(tuple(code - 0x84));
            case 'a' -> {
                Object element = pop();
                list(peek()).add(element);
            }
            case 'e' -> {
                List<Object> elements = popToMark();
                list(peek()).addAll(elements);
            }
            case 's' -> {
                Object value = pop();
                Object key = pop();
                put(dict(peek()), key, value);
            }
            case 'u' -> {
                List<Object> entries = popToMark();
                Map<Object, Object> dict = dict(peek());
                if (entries.size() % 2 != 0) {
                    throw new MalformedPickleException("a key without a value");
                }
                for (int i = 0; i < entries.size(); i += 2) {
                    put(dict, entries.get(i), entries.get(i + 1));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void operation(int code) {
        switch (code) {
            case 0x80 -> {
                int protocol = in.unsignedByte();
                if (protocol > 5) {
                    throw new MalformedPickleException("protocol " + protocol);
                }
            }
            case 0x95 -> in.signedLong(); // frame: a hint for reading ahead
            case '0' -> pop();
            case 'q' -> memo.put(in.unsignedByte(), peek());
            case 'r' -> memo.put(in.signedInt(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> push(remembered(in.unsignedByte()));
            case 'j' -> push(remembered(in.signedInt()));
            case 'c' -> {
                String module = in.line();
                push(named(module + "." + in.line()));
            }
            case 0x93 -> {
                Object name = pop();
                push(named(text(pop()) + "." + text(name)));
            }
            case 'Q' -> push(persistent.construct(List.of(pop())));
            case 'R', 0x81 -> {
                Object arguments = pop();
                push(constructor(pop()).construct(List.copyOf(tuple(arguments))));
            }
            case 'b' -> {
                Object state = pop();
                build(peek(), state);
            }
            default -> throw new MalformedPickleException("operation 0x" + Integer.toHexString(code));
        }
    }

    private Object named(String name) {
        Object value = names.get(name);
        if (value == null) {
            throw BadInputException.at(where)
                    .found("a pickle that names " + name + "; nothing was executed")
                    .expected("only the names that weights need")
                    .advice("do not load this file elsewhere unless you trust where it comes from; if you do,"
                            + " save its state dict alone")
                    .build();
        }
        return value;
    }

    /** Sets the attributes of an object. Those of a dict (PyTorch's versions of modules) are dropped. */
    private static void build(Object target, Object state) {
        if (target instanceof Namespace namespace) {
            dict(state).forEach((name, value) -> namespace.set(text(name), value));
        } else if (!(target instanceof Map)) {
            throw new MalformedPickleException("attributes for " + kind(target));
        }
    }

    private static void put(Map<Object, Object> dict, Object key, Object value) {
        boolean immutable = key instanceof String
                || key instanceof Long
                || key instanceof Double
                || key instanceof Boolean
                || key instanceof BigInteger
                || key instanceof None;
        if (!immutable) {
            throw new MalformedPickleException(kind(key) + " as a key");
        }
        dict.put(key, value);
    }

    private Object remembered(int index) {
        @Nullable Object value = memo.get(index);
        if (value == null) {
            throw new MalformedPickleException("memo " + Integer.toUnsignedString(index) + ", which was never set");
        }
        return value;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object peek() {
        if (stack.isEmpty()) {
            throw new MalformedPickleException("an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = peek();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(Mark.MARK);
        if (mark < 0) {
            throw new MalformedPickleException("no mark on the stack");
        }
        List<Object> group = stack.subList(mark + 1, stack.size());
        List<Object> copy = new ArrayList<>(group);
        stack.subList(mark, stack.size()).clear();
        return copy;
    }

    private List<Object> tuple(int length) {
        if (stack.size() < length) {
            throw new MalformedPickleException("an empty stack");
        }
        List<Object> elements = stack.subList(stack.size() - length, stack.size());
        List<Object> copy = List.copyOf(elements);
        elements.clear();
        return copy;
    }

    @SuppressWarnings("unchecked") // every list here is made here, of objects
    private static List<Object> tuple(Object value) {
        if (value instanceof List) {
            return (List<Object>) value;
        }
        throw new MalformedPickleException(kind(value) + " where a tuple belongs");
    }

    @SuppressWarnings("unchecked") // every list here is made here, of objects
    private static List<Object> list(Object value) {
        if (value instanceof ArrayList) {
            return (List<Object>) value;
        }
        throw new MalformedPickleException(kind(value) + " where a list belongs");
    }

    @SuppressWarnings("unchecked") // every map here is made here, of objects
    private static Map<Object, Object> dict(Object value) {
        if (value instanceof Map) {
            return (Map<Object, Object>) value;
        }
        throw new MalformedPickleException(kind(value) + " where a dict belongs");
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new MalformedPickleException(kind(value) + " where text belongs");
    }

    private static Constructor constructor(Object value) {
        if (value instanceof Constructor constructor) {
            return constructor;
        }
        throw new MalformedPickleException(kind(value) + " where something to call belongs");
    }

    private static String kind(Object value) {
        return "an object of type " + value.getClass().getSimpleName();
    }
}
