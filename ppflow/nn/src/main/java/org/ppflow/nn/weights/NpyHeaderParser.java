package org.ppflow.nn.weights;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/** The Python dictionary in a npy header: three known keys whose values are a string, True or False, and a tuple of integers. */
final class NpyHeaderParser {
    private final String text;
    private final String where;
    private int position;

    NpyHeaderParser(String text, String where) {
        this.text = text;
        this.where = where;
    }

    NpyHeader parse(int headerBytes) {
        String description = null;
        Boolean columnMajor = null;
        int[] shape = null;
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            switch (key) {
                case "descr" -> {
                    refuseTwice(key, description);
                    description = description();
                }
                case "fortran_order" -> {
                    refuseTwice(key, columnMajor);
                    columnMajor = truth();
                }
                case "shape" -> {
                    refuseTwice(key, shape);
                    shape = tuple();
                }
                default -> throw bad("key '" + key + "'");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpaces();
        if (description == null || columnMajor == null || shape == null || position != text.length()) {
            throw bad("a dictionary that is not complete");
        }
        return new NpyHeader(description, columnMajor, shape, headerBytes);
    }

    private String description() {
        skipSpaces();
        if (peek() == '[' || peek() == '(') {
            throw BadInputException.at(where)
                    .found("an array of records (several fields an element)")
                    .expected("an array of numbers")
                    .build();
        }
        return string();
    }

    private String string() {
        skipSpaces();
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw bad("no quoted text at character " + position);
        }
        int end = text.indexOf(quote, position + 1);
        if (end < 0) {
            throw bad("a quoted text without end");
        }
        String value = text.substring(position + 1, end);
        position = end + 1;
        return value;
    }

    private boolean truth() {
        skipSpaces();
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, position)) {
                position += word.length();
                return word.equals("True");
            }
        }
        throw bad("no True or False at character " + position);
    }

    private int[] tuple() {
        expect('(');
        List<Integer> lengths = new ArrayList<>();
        long bytes = Long.BYTES; // of the widest type: no size overflows later
        while (!accept(')')) {
            int length = integer();
            if (lengths.size() == TensorInfo.MAX_AXES || Math.multiplyHigh(bytes, length) != 0 || bytes * length < 0) {
                throw bad("a shape that no array can have");
            }
            bytes *= length;
            lengths.add(length);
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    private int integer() {
        skipSpaces();
        int start = position;
        while (peek() >= '0' && peek() <= '9') {
            position++;
        }
        String digits = text.substring(start, position);
        if (peek() == 'L') {
            position++; // Python 2 wrote long integers so
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw bad("axis length '" + digits + "'");
        }
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw bad("no '" + wanted + "' at character " + position);
        }
    }

    private boolean accept(char wanted) {
        skipSpaces();
        if (peek() == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    /** The next character, 0 at the end. */
    private char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }

    private void refuseTwice(String key, @Nullable Object before) {
        if (before != null) {
            throw bad("key '" + key + "' twice");
        }
    }

    private BadInputException bad(String found) {
        return BadInputException.at(where)
                .found("a npy header with " + found)
                .expected("{'descr': ..., 'fortran_order': ..., 'shape': (...)}")
                .build();
    }
}
