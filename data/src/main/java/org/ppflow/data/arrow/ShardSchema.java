package org.ppflow.data.arrow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The columns of a shard: values (and those of the mirrored picture), label, source, SHA-256. The values are
 * FixedSizeLists with the extension {@code arrow.fixed_shape_tensor}, so that other tools see tensors.
 *
 * @param stored what the values are
 * @param valueType their type
 * @param shape of a row
 * @param mirror whether there is a column of mirrored pictures
 */
record ShardSchema(StoredKind stored, ValueType valueType, LatentShape shape, boolean mirror) {
    static final String LABEL = "label";
    static final String SOURCE = "source";
    static final String SHA256 = "sha256";
    static final int SHA256_BYTES = 32;

    static final String EXTENSION_NAME = "ARROW:extension:name";
    static final String EXTENSION_METADATA = "ARROW:extension:metadata";
    static final String TENSOR = "arrow.fixed_shape_tensor";

    /** Version of the format; a reader refuses others. */
    static final String FORMAT_VERSION = "1";

    static ShardSchema of(DatasetDescription description) {
        return new ShardSchema(
                description.stored(), description.valueType(), description.storedShape(), description.mirror());
    }

    /** The Arrow schema with what all shards have in common. Keys and their order are part of the format. */
    static Schema arrow(DatasetDescription description) {
        ShardSchema schema = of(description);
        List<Field> fields = new ArrayList<>();
        fields.add(schema.tensor(description.stored().column()));
        if (description.mirror()) {
            fields.add(schema.tensor(description.stored().flippedColumn()));
        }
        fields.add(Field.nullable(LABEL, new ArrowType.Int(Integer.SIZE, true)));
        fields.add(Field.nullable(SOURCE, ArrowType.Utf8.INSTANCE));
        fields.add(Field.nullable(SHA256, new ArrowType.FixedSizeBinary(SHA256_BYTES)));
        return new Schema(fields, metadata(description));
    }

    /** The schema's key-value pairs. */
    static Map<String, String> metadata(DatasetDescription description) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format_version", FORMAT_VERSION);
        metadata.put("autoencoder", description.autoencoder());
        metadata.put("autoencoder_sha256", description.autoencoderSha256());
        metadata.put("scale", Json.number(description.scale()));
        metadata.put("shift", Json.compact(description.shift()));
        metadata.put("image_size", Integer.toString(description.imageSize()));
        metadata.put("image_channels", Integer.toString(description.imageChannels()));
        metadata.put("crop", description.crop());
        metadata.put("class_names", Json.compact(description.classNames()));
        metadata.put("source", description.source());
        metadata.put("source_sha256", description.sourceSha256());
        metadata.put("split", Json.compact(description.split()));
        return metadata;
    }

    /** The description that {@link #metadata} came from; a missing key is an error. */
    static DatasetDescription description(ShardSchema schema, Map<String, String> metadata, String file) {
        try {
            return new DatasetDescription(
                    schema.stored(),
                    schema.valueType(),
                    List.of(
                            schema.shape().channels(),
                            schema.shape().height(),
                            schema.shape().width()),
                    schema.mirror(),
                    required(metadata, "autoencoder", file),
                    required(metadata, "autoencoder_sha256", file),
                    List.of(Json.MAPPER.readValue(required(metadata, "shift", file), Double[].class)),
                    Double.parseDouble(required(metadata, "scale", file)),
                    Integer.parseInt(required(metadata, "image_size", file)),
                    Integer.parseInt(required(metadata, "image_channels", file)),
                    required(metadata, "crop", file),
                    List.of(Json.MAPPER.readValue(required(metadata, "class_names", file), String[].class)),
                    required(metadata, "source", file),
                    required(metadata, "source_sha256", file),
                    Json.MAPPER.readValue(required(metadata, "split", file), Split.class));
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw BadInputException.at(file)
                    .found("metadata that does not say what the data set is (" + e.getMessage() + ")")
                    .expected("that of a shard that the command data encode wrote")
                    .cause(e)
                    .build();
        }
    }

    private static String required(Map<String, String> metadata, String key, String file) {
        String value = metadata.get(key);
        if (value == null) {
            throw bad(file, "no key " + key + " in the schema's metadata", "one, as the command data encode writes it");
        }
        return value;
    }

    private Field tensor(String name) {
        String metadata = "{\"shape\":[" + shape.channels() + "," + shape.height() + "," + shape.width()
                + "],\"dim_names\":[\"C\",\"H\",\"W\"]}";
        Map<String, String> extension = new LinkedHashMap<>();
        extension.put(EXTENSION_METADATA, metadata);
        extension.put(EXTENSION_NAME, TENSOR);
        Field item = Field.nullable("item", valueType.arrowType());
        return new Field(
                name, new FieldType(true, new ArrowType.FixedSizeList(shape.size()), null, extension), List.of(item));
    }

    /** Recognises the columns of a file, whoever wrote it. Further columns may be there. */
    static ShardSchema of(Schema schema, String file) {
        String version = schema.getCustomMetadata().get("format_version");
        if (version != null && !version.equals(FORMAT_VERSION)) {
            throw bad(file, "format version " + version, FORMAT_VERSION);
        }
        Field latents = find(schema, StoredKind.LATENTS.column());
        Field moments = find(schema, StoredKind.MOMENTS.column());
        if ((latents == null) == (moments == null)) {
            throw bad(
                    file,
                    "columns " + schema.getFields().stream().map(Field::getName).toList(),
                    "one of latents and moments among them");
        }
        StoredKind stored = latents != null ? StoredKind.LATENTS : StoredKind.MOMENTS;
        Field values = latents != null ? latents : Objects.requireNonNull(moments);
        ShardSchema found = tensorOf(values, stored, file);
        Field flipped = find(schema, stored.flippedColumn());
        if (flipped != null && !tensorOf(flipped, stored, file).equals(found)) {
            throw bad(file, "column " + flipped.getName() + " of another type or shape", "that of " + values.getName());
        }
        expect(schema, LABEL, new ArrowType.Int(Integer.SIZE, true), file);
        expect(schema, SOURCE, ArrowType.Utf8.INSTANCE, file);
        expect(schema, SHA256, new ArrowType.FixedSizeBinary(SHA256_BYTES), file);
        return new ShardSchema(stored, found.valueType(), found.shape(), flipped != null);
    }

    private static ShardSchema tensorOf(Field field, StoredKind stored, String file) {
        String where = file + ": column " + field.getName();
        if (!(field.getType() instanceof ArrowType.FixedSizeList list)
                || field.getChildren().size() != 1
                || !(field.getChildren().get(0).getType() instanceof ArrowType.FloatingPoint number)
                || !TENSOR.equals(field.getMetadata().get(EXTENSION_NAME))) {
            throw bad(where, "type " + field, "a fixed_size_list of float16 or float32 with the extension " + TENSOR);
        }
        ValueType valueType = null;
        for (ValueType candidate : ValueType.values()) {
            if (candidate.arrowType().equals(number)) {
                valueType = candidate;
            }
        }
        LatentShape shape = shapeOf(field.getMetadata().get(EXTENSION_METADATA), where);
        if (valueType == null || shape.size() != list.getListSize()) {
            throw bad(
                    where,
                    "lists of " + list.getListSize() + " " + number + " for shape " + shape,
                    shape.size() + " values of float16 or float32");
        }
        return new ShardSchema(stored, valueType, shape, false);
    }

    /** {@code {"shape":[C,h,w],…}}; a permutation may be there if it changes nothing. */
    private static LatentShape shapeOf(@Nullable String metadata, String where) {
        try {
            JsonNode json = Json.MAPPER.readTree(metadata == null ? "{}" : metadata);
            JsonNode permutation = json.path("permutation");
            for (int axis = 0; axis < permutation.size(); axis++) {
                if (permutation.get(axis).asInt(-1) != axis) {
                    throw bad(where, "tensor permutation " + permutation, "none, or the identity");
                }
            }
            JsonNode shape = json.path("shape");
            if (shape.size() == 3) {
                return new LatentShape(
                        shape.get(0).intValue(),
                        shape.get(1).intValue(),
                        shape.get(2).intValue());
            }
        } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
            throw BadInputException.at(where)
                    .found("tensor metadata " + metadata)
                    .expected("{\"shape\":[C,h,w],...}")
                    .cause(e)
                    .build();
        }
        throw bad(where, "tensor metadata " + metadata, "{\"shape\":[C,h,w],...}");
    }

    private static void expect(Schema schema, String name, ArrowType type, String file) {
        Field field = find(schema, name);
        if (field == null || !field.getType().equals(type)) {
            throw bad(file, field == null ? "no column " + name : "column " + field, name + ": " + type);
        }
    }

    static @Nullable Field find(Schema schema, String name) {
        for (Field field : schema.getFields()) {
            if (field.getName().equals(name)) {
                return field;
            }
        }
        return null;
    }

    static BadInputException bad(String where, String found, String expected) {
        return BadInputException.at(where).found(found).expected(expected).build();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
