package org.ppflow.data.codec;

import org.ppflow.nn.errors.BadInputException;

/** Finds a codec by the name a person gives. */
public final class Codecs {
    private Codecs() {}

    /** The codec of that name; the caller closes it. */
    public static Codec open(String name) {
        return switch (name) {
            case PixelsCodec.NAME -> new PixelsCodec();
            case HaarCodec.NAME -> new HaarCodec();
            default ->
                throw BadInputException.at("codec")
                        .found("unknown codec '" + name + "'")
                        .expected("one of " + HaarCodec.NAME + ", " + PixelsCodec.NAME + ", vae:FOLDER")
                        .build();
        };
    }
}
