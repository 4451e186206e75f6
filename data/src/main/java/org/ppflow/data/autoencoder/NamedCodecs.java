package org.ppflow.data.autoencoder;

import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.Codecs;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.extension.Extensions;
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

    /**
     * The codec that a data set was made by; the caller closes it.
     *
     * @param autoencoder folder of the autoencoder, where the data set was made by one
     * @throws BadInputException where it is an autoencoder and its folder is not given, or is another's
     */
    public static Codec of(DatasetDescription data, Optional<Path> autoencoder) {
        Optional<Extension> extension = Codecs.extension(data.autoencoder());
        if (autoencoder.isEmpty() && (data.autoencoderSha256().isEmpty() || extension.isPresent())) {
            Codec opened = Codecs.open(data.autoencoder());
            requireSame(
                    opened, data, "codec " + extension.map(Extension::location).orElse(data.autoencoder()));
            return opened;
        }
        if (autoencoder.isEmpty()) {
            throw BadInputException.at("autoencoder")
                    .found("none, for latents of " + data.autoencoder())
                    .expected("its folder, as diffusers saves it")
                    .advice(
                            "give --autoencoder FOLDER, in a config data.autoencoder; if it is a codec of your own, name its jar in "
                                    + Extensions.VARIABLE)
                    .build();
        }
        Codec opened = AutoencoderCodec.open(autoencoder.get(), SessionOptions.DEFAULT);
        // Imported latents do not say whose they are.
        if (!data.autoencoderSha256().isEmpty()) {
            requireSame(opened, data, "autoencoder " + autoencoder.get());
        }
        return opened;
    }

    private static void requireSame(Codec opened, DatasetDescription data, String where) {
        if (!opened.weightsSha256().equals(data.autoencoderSha256())) {
            opened.close();
            throw BadInputException.at(where)
                    .found("weights or code of hash " + opened.weightsSha256())
                    .expected(data.autoencoderSha256() + ", which made these latents of " + data.autoencoder())
                    .advice("put back what made them, or encode the pictures again")
                    .build();
        }
    }
}
