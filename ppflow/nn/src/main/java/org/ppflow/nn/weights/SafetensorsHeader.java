package org.ppflow.nn.weights;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON header of a safetensors file, read strictly: tensors cover the data without gap or overlap, as the format demands,
 * so a file has one meaning only.
 *
 * @param entries tensors in the order of their data
 * @param metadata the map {@code __metadata__}, sorted
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * A tensor and the place of its data.
     *
     * @param info what it is
     * @param begin first byte, counted from the end of the header
     * @param end byte after the last one
     */
    record Entry(TensorInfo info, long begin, long end) {}

    /**
     * Reads a header.
     *
     * @param file named in errors
     * @param bytes the header without its length
     * @param dataBytes how many bytes follow it in the file
     */
    static SafetensorsHeader parse(Path file, byte[] bytes, long dataBytes) {
        return new Parser(file, dataBytes).parse(bytes);
    }

    private static final class Parser {
        private final Path file;
        private final long dataBytes;
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, String> metadata = new TreeMap<>();

        Parser(Path file, long dataBytes) {
            this.file = file;
            this.dataBytes = dataBytes;
        }

        SafetensorsHeader parse(byte[] bytes) {
            try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text(bytes))) {
                expect(json.nextToken(), JsonToken.START_OBJECT, "header");
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    if (name.equals(METADATA)) {
                        parseMetadata(json);
                    } else {
                        entries.add(parseEntry(name, json));
                    }
                }
                if (json.nextToken() != null) {
                    throw bad("more after the end of the JSON header", "spaces only");
                }
            } catch (JacksonException e) {
                throw BadInputException.at(file.toString())
                        .found("a header that is not proper JSON (" + e.getOriginalMessage() + ")")
                        .expected("a safetensors file")
                        .cause(e)
                        .build();
            }
            entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
            checkCoverage();
            Map<String, Entry> byName = new LinkedHashMap<>();
            entries.forEach(entry -> byName.put(entry.info().name(), entry));
            return new SafetensorsHeader(byName, metadata);
        }

        /** Strict UTF-8, so that Jackson does not guess another encoding. */
        private String text(byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw BadInputException.at(file.toString())
                        .found("a header that is not UTF-8")
                        .expected("a safetensors file")
                        .cause(e)
                        .build();
            }
        }

        private void parseMetadata(JsonParser json) {
            expect(json.currentToken(), JsonToken.START_OBJECT, METADATA);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key);
                metadata.put(key, json.getString());
            }
        }

        private Entry parseEntry(String name, JsonParser json) {
            expect(json.currentToken(), JsonToken.START_OBJECT, name);
            String type = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "dtype" -> {
                        expect(json.currentToken(), JsonToken.VALUE_STRING, name + ".dtype");
                        type = json.getString();
                    }
                    case "shape" -> shape = parseLongs(json, name + ".shape", TensorInfo.MAX_AXES);
                    case "data_offsets" -> offsets = parseLongs(json, name + ".data_offsets", 2);
                    default -> json.skipChildren();
                }
            }
            return entry(name, type, shape, offsets);
        }

        private Entry entry(
                String name, @Nullable String type, @Nullable List<Long> shape, @Nullable List<Long> offsets) {
            if (type == null || shape == null || offsets == null || offsets.size() != 2) {
                throw bad("tensor " + name + " is described incompletely", "dtype, shape and two data_offsets");
            }
            Optional<TensorType> known = TensorType.ofSafetensors(type);
            if (known.isEmpty()) {
                throw bad("tensor " + name + " has type " + type, "one of " + List.of(TensorType.values()));
            }
            int[] axes = axes(name, shape);
            long begin = offsets.get(0);
            long end = offsets.get(1);
            if (begin > end || end > dataBytes) {
                throw bad(
                        "tensor " + name + " lies at bytes " + begin + " to " + end,
                        "a place within the " + dataBytes + " bytes of data; the file may be cut off");
            }
            TensorInfo info = new TensorInfo(name, known.get(), axes);
            long bytes;
            try {
                bytes = info.byteSize();
            } catch (ArithmeticException e) {
                throw bad("tensor " + info + " is too large", (end - begin) + " bytes as its offsets say");
            }
            if (bytes != end - begin) {
                throw bad("tensor " + info + " takes " + bytes + " bytes", (end - begin) + " as its offsets say");
            }
            return new Entry(info, begin, end);
        }

        private int[] axes(String name, List<Long> shape) {
            int[] axes = new int[shape.size()];
            long size = 1;
            for (int i = 0; i < axes.length; i++) {
                long length = shape.get(i);
                if (length > Integer.MAX_VALUE || Math.multiplyHigh(size, length) != 0 || size * length < 0) {
                    throw bad("tensor " + name + " has shape " + shape, "sizes that fit in memory");
                }
                size *= length;
                axes[i] = (int) length;
            }
            return axes;
        }

        private List<Long> parseLongs(JsonParser json, String what, int most) {
            expect(json.currentToken(), JsonToken.START_ARRAY, what);
            List<Long> values = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
                long value = json.getLongValue();
                if (value < 0 || values.size() == most) {
                    throw bad(what + " with value " + value, "at most " + most + " values, none below 0");
                }
                values.add(value);
            }
            return values;
        }

        private void checkCoverage() {
            long covered = 0;
            String before = "the start of the data";
            Set<String> names = new HashSet<>();
            for (Entry entry : entries) {
                String name = entry.info().name();
                if (!names.add(name)) {
                    throw bad("two tensors called " + name, "each name once");
                }
                if (entry.begin() != covered) {
                    throw bad(
                            "tensor " + name + " starts at byte " + entry.begin(),
                            "byte " + covered + ", right after " + before);
                }
                covered = entry.end();
                before = name;
            }
            if (covered != dataBytes) {
                throw bad((dataBytes - covered) + " bytes after the last tensor", "none");
            }
        }

        private void expect(@Nullable JsonToken found, JsonToken wanted, String what) {
            if (found != wanted) {
                throw bad(what + " is " + found + " in the JSON header", wanted.toString());
            }
        }

        private BadInputException bad(String found, String expected) {
            return BadInputException.at(file.toString())
                    .found(found)
                    .expected(expected)
                    .build();
        }
    }
}
