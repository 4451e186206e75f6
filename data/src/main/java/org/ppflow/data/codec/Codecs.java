package org.ppflow.data.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.extension.Extensions;

/** Finds a codec by the name a person gives. Codecs beside the toolkit's own are found by {@link java.util.ServiceLoader}, see {@link Codec}. */
public final class Codecs {
    private static final List<String> BUILT_IN = List.of(HaarCodec.NAME, PixelsCodec.NAME);

    private static final Extensions<Codec> EXTENSIONS =
            new Extensions<>(Codec.class, "codec", codec -> List.of(codec.name()), BUILT_IN);

    private Codecs() {}

    /** Names of the toolkit's own that need no further argument. */
    public static List<String> builtIn() {
        return BUILT_IN;
    }

    /** Names of all that need no further argument, the toolkit's own first. */
    public static List<String> names() {
        return Stream.concat(BUILT_IN.stream(), EXTENSIONS.names().stream()).toList();
    }

    /** Where a codec comes from; empty for the toolkit's own, and for names that none has. */
    public static Optional<Extension> extension(String name) {
        return EXTENSIONS.origin(name);
    }

    /** The codecs that are added from outside. */
    public static List<Extension> extensions() {
        return EXTENSIONS.all();
    }

    /**
     * The codec of that name; the caller closes it.
     *
     * @throws BadInputException if there is none
     */
    public static Codec open(String name) {
        return switch (name) {
            case PixelsCodec.NAME -> new PixelsCodec();
            case HaarCodec.NAME -> new HaarCodec();
            default -> added(name).orElseThrow(() -> unknown(name));
        };
    }

    private static Optional<Codec> added(String name) {
        return EXTENSIONS
                .named(name)
                .map(codec -> new ExtensionCodec(codec, EXTENSIONS.origin(name).orElseThrow()));
    }

    private static BadInputException unknown(String name) {
        List<String> known = new ArrayList<>(names());
        BadInputException.Builder problem = BadInputException.at("codec '" + name + "'")
                .found("no codec of this name")
                .expected("one of " + String.join(", ", known) + ", vae:FOLDER");
        return problem.advice(Nearest.to(name, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("an autoencoder needs its folder after vae:, one of your own must be in "
                                + Extensions.VARIABLE))
                .build();
    }
}
