package org.ppflow.data.latents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import tools.jackson.databind.json.JsonMapper;

/** Columns and metadata of a shard, as pyarrow writes and reads them. */
final class ShardSchema {
    static final String LATENTS = "latents";
    static final String FLIPPED = "latents_flipped";
    static final String LABEL = "label";
    static final String SOURCE = "source";
    static final String SHA256 = "sha256";
    static final int SHA256_BYTES = 32;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ShardSchema() {}

    static Schema of(EncodeOptions options) {
        List<Field> fields = new ArrayList<>();
        fields.add(tensor(LATENTS, options));
        if (options.mirror()) {
            fields.add(tensor(FLIPPED, options));
        }
        fields.add(Field.nullable(LABEL, new ArrowType.Int(32, true)));
        fields.add(Field.nullable(SOURCE, ArrowType.Utf8.INSTANCE));
        fields.add(Field.nullable(SHA256, new ArrowType.FixedSizeBinary(SHA256_BYTES)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format_version", Integer.toString(Manifest.VERSION));
        metadata.put("autoencoder", options.codec());
        metadata.put("autoencoder_sha256", "");
        // Shift and scale follow from all rows: manifest.json has them.
        metadata.put("scale", "manifest.json");
        metadata.put("image_size", Integer.toString(options.height()));
        metadata.put("crop", "none");
        metadata.put("class_names", JSON.writeValueAsString(options.classNames()));
        return new Schema(fields, metadata);
    }

    /** A fixed_shape_tensor: Arrow Java has no class for it, so its field carries the two keys of the extension itself. */
    private static Field tensor(String name, EncodeOptions options) {
        String shape = options.shape().stream().map(String::valueOf).collect(Collectors.joining(","));
        Map<String, String> extension = Map.of(
                "ARROW:extension:name",
                "arrow.fixed_shape_tensor",
                "ARROW:extension:metadata",
                "{\"shape\":[" + shape + "],\"dim_names\":[\"C\",\"H\",\"W\"]}");
        Field item = Field.nullable(
                "item", new ArrowType.FloatingPoint(options.storage().precision()));
        return new Field(
                name,
                new FieldType(true, new ArrowType.FixedSizeList(options.values()), null, extension),
                List.of(item));
    }
}
