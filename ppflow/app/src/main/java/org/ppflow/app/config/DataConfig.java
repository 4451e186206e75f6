package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.nn.errors.BadInputException;

/**
 * Pictures and how they become latents.
 *
 * @param source {@value #EMBEDDED}; {@code idx:PATH} for an IDX file of pictures, or a folder with one; {@code pictures:PATH} for PNG or JPEG in a
 *     folder a class, or a tar or zip of that; or {@code latents:FOLDER} for a data set that {@code data encode} has made, whose samples a network scores
 *     ({@code evaluation.network})
 * @param size side in pixels, even: digits are padded to it, pictures of files are brought to it by ADM's centre crop
 * @param codec from pixels to latents: {@code haar}, {@code pixels} or one of an extension
 * @param storage type of the numbers on disk
 * @param holdout rows kept out of training
 * @param mirror whether pictures of {@code pictures:} are mirrored at random in training, which letters must not be; true for all others, where it says
 *     nothing: digits never are, and a data set of latents has both mirrors or one
 * @param latent of a data set of latents: its shape as the model sees it, {@code 4x32x32}; for pictures it follows from size and codec
 * @param classes of {@code pictures:}, one a folder, at least 2, or of a data set of latents; for digits 10
 * @param autoencoder folder of the autoencoder that decodes samples of such a data set, as diffusers saves it; empty for none
 */
public record DataConfig(
        String source,
        int size,
        String codec,
        Storage storage,
        HoldoutConfig holdout,
        boolean mirror,
        String latent,
        int classes,
        String autoencoder) {
    /** The source that ships with the toolkit: MNIST's 10 000 test pictures. */
    public static final String EMBEDDED = "mnist-t10k";

    private static final String IDX = "idx:";
    private static final String LATENTS = "latents:";
    private static final String PICTURES = "pictures:";
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,4})");
    private static final int DIGITS = 10;
    private static final int MAX_SIZE = 1024;

    /** Digits are grey; the codec says what becomes of one channel. */
    private static final int GREY = 1;

    /** Pictures of files are read in colour, grey ones too, as {@code data encode} does. */
    private static final int COLOURS = 3;

    /** Type of latents on disk. */
    public enum Storage {
        /** Four bytes a value. */
        @JsonProperty("float32")
        FLOAT32,
        /** Two bytes a value. */
        @JsonProperty("float16")
        FLOAT16
    }

    public DataConfig {
        Check.that(
                source.equals(EMBEDDED)
                        || Stream.of(IDX, LATENTS, PICTURES)
                                .anyMatch(kind -> source.startsWith(kind) && source.length() > kind.length()),
                "source",
                "'" + source + "' must be " + EMBEDDED
                        + ", idx:PATH, pictures:PATH (a folder, tar or zip with a folder a class) or latents:FOLDER");
        boolean encoded = source.startsWith(LATENTS);
        Check.that(
                encoded ? SHAPE.matcher(latent).matches() : latent.isEmpty(),
                "latent",
                encoded
                        ? "'" + latent + "' must be CHANNELSxHEIGHTxWIDTH, such as 4x32x32"
                        : "'" + latent + "' must be left out: size and codec say it");
        boolean files = source.startsWith(PICTURES);
        int fewest = files ? 2 : 1; // a classifier of one class has nothing to learn
        Check.that(
                (encoded || files) ? classes >= fewest : classes == DIGITS,
                "classes",
                classes
                        + ((encoded || files)
                                ? " must be at least " + fewest
                                : " must be left out: there are ten digits"));
        Check.that(
                files || mirror,
                "mirror",
                "false must be left out: "
                        + (encoded
                                ? "a data set of latents says it itself; encode it again with 'data encode --mirror false'"
                                : "digits are not mirrored"));
        Check.that(
                encoded || autoencoder.isEmpty(),
                "autoencoder",
                "'" + autoencoder + "' must be left out: the codec decodes its own latents");
        Check.that(
                size >= 2 && size % 2 == 0 && size <= MAX_SIZE,
                "size",
                size + " must be an even number from 2 to " + MAX_SIZE);
        Check.known("codec", codec, Codecs.names());
        if (!encoded) {
            requireTaken(codec, files ? COLOURS : GREY, size);
        }
    }

    private static void requireTaken(String codec, int channels, int size) {
        try (Codec opened = Codecs.open(codec)) {
            opened.storedShape(channels, size, size);
        } catch (BadInputException e) { // what a codec says of a size it cannot take
            throw new IllegalArgumentException("size: " + e.getMessage(), e);
        }
    }

    /** Whether there are latents alone: folder of the data set. */
    public Optional<Path> encoded() {
        return source.startsWith(LATENTS) ? Optional.of(Path.of(source.substring(LATENTS.length()))) : Optional.empty();
    }

    /** Whether there are picture files, in colour: the folder, tar or zip with a folder a class. */
    public Optional<Path> files() {
        return source.startsWith(PICTURES)
                ? Optional.of(Path.of(source.substring(PICTURES.length())))
                : Optional.empty();
    }

    /** What the data room calls the pictures: {@value #EMBEDDED}, {@code idx:PATH}, or the path of files. */
    public String pictures() {
        return files().map(Path::toString).orElse(source);
    }

    /** Channels of a picture: {@value #COLOURS} of files, {@value #GREY} of digits. */
    public int channels() {
        return files().isPresent() ? COLOURS : GREY;
    }

    /** Shape of a latent as the model sees it. */
    public LatentShape latentShape() {
        Matcher shape = SHAPE.matcher(latent);
        if (shape.matches()) {
            return new LatentShape(
                    Integer.parseInt(shape.group(1)),
                    Integer.parseInt(shape.group(2)),
                    Integer.parseInt(shape.group(3)));
        }
        try (Codec opened = Codecs.open(codec)) {
            LatentShape stored = opened.storedShape(channels(), size, size);
            return new LatentShape(opened.kind().latentChannels(stored.channels()), stored.height(), stored.width());
        }
    }
}
