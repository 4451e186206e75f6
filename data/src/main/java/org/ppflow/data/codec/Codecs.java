package org.ppflow.data.codec;

import java.util.Map;
import java.util.TreeMap;
import org.ppflow.nn.errors.BadInputException;

/** The codecs of the toolkit. */
public final class Codecs {
    /** Identity on [−1, 1]. */
    public static final Codec PIXELS = new Pixels();

    /** Orthonormal 2×2 Haar transform. */
    public static final Codec HAAR = new Haar();

    private static final Map<String, Codec> BY_NAME = new TreeMap<>(Map.of(PIXELS.name(), PIXELS, HAAR.name(), HAAR));

    private Codecs() {}

    /**
     * The codec of a name.
     *
     * @throws BadInputException if there is none
     */
    public static Codec named(String name) {
        Codec codec = BY_NAME.get(name);
        if (codec == null) {
            throw BadInputException.at("codec")
                    .found("'" + name + "'")
                    .expected("one of " + String.join(", ", BY_NAME.keySet()))
                    .build();
        }
        return codec;
    }
}
