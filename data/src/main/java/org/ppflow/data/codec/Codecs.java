package org.ppflow.data.codec;

import java.util.List;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/** Finds a codec by the name a person gives. */
public final class Codecs {
    private Codecs() {}

    /** The codec of that name; the caller closes it. */
    public static Codec open(String name) {
        return switch (name) {
            case PixelsCodec.NAME -> new PixelsCodec();
            case HaarCodec.NAME -> new HaarCodec();
            default ->
                throw BadInputException.at("codec '" + name + "'")
                        .found("no codec of this name")
                        .expected("one of " + HaarCodec.NAME + ", " + PixelsCodec.NAME + ", vae:FOLDER")
                        .advice(Nearest.to(name, List.of(HaarCodec.NAME, PixelsCodec.NAME))
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("an autoencoder needs its folder after vae:"))
                        .build();
        };
    }
}
