package org.ppflow.notebook.display;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value in the forms that a notebook may show; a browser takes the richest it knows.
 *
 * @param data text of each MIME type; pictures other than SVG in base64. {@code text/plain} is always there
 * @param metadata of the output, kept in the notebook's file
 */
public record Bundle(Map<String, String> data, Map<String, Object> metadata) {
    /** Plain text. */
    public static final String TEXT = "text/plain";

    /** A part of a page. */
    public static final String HTML = "text/html";

    /** A drawing. */
    public static final String SVG = "image/svg+xml";

    /** A picture, in base64. */
    public static final String PNG = "image/png";

    /** Text with Markdown's marks. */
    public static final String MARKDOWN = "text/markdown";

    public Bundle {
        data = Map.copyOf(data);
        metadata = Map.copyOf(metadata);
        if (!data.containsKey(TEXT)) {
            throw new IllegalArgumentException(
                    "data: " + data.keySet() + " has no " + TEXT + ", which is all that some places can show");
        }
    }

    /** Plain text alone. */
    public static Bundle text(String text) {
        return new Bundle(Map.of(TEXT, text), Map.of());
    }

    /** A rich form with its plain text. */
    public static Bundle of(String type, String content, String plain) {
        return new Bundle(Map.of(type, content, TEXT, plain), Map.of());
    }

    /** The same with something said about it. */
    public Bundle with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Bundle(data, more);
    }
}
