package org.ppflow.data.autoencoder;

import java.nio.file.Path;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.Codecs;
import org.ppflow.nn.session.SessionOptions;

/** Finds a codec by the name a person gives: {@code vae:FOLDER} for an autoencoder that diffusers has saved, or one that needs no weights. */
public final class NamedCodecs {
    private NamedCodecs() {}

    /** The codec of that name; the caller closes it. */
    public static Codec open(String name, SessionOptions options) {
        String prefix = AutoencoderCodec.PREFIX;
        return name.startsWith(prefix) && name.length() > prefix.length()
                ? AutoencoderCodec.open(Path.of(name.substring(prefix.length())), options)
                : Codecs.open(name);
    }
}
