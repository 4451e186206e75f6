package org.ppflow.flow.level;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Size of a patch in latent pixels, written rows × columns: {@code 2x4} is two rows high and four columns wide, {@code 4} is {@code 4x4}.
 *
 * @param rows height, at least 1
 * @param columns width, at least 1
 */
public record PatchSize(int rows, int columns) {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3})(?:x([1-9]\\d{0,3}))?");

    public PatchSize {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("patch: " + rows + "x" + columns + " must be at least 1x1");
        }
    }

    /**
     * Reads {@code 4x4}, or the side of a square.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    @JsonCreator
    public static PatchSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "patch: '" + text + "' is not of the form ROWSxCOLUMNS, for instance 4x4");
        }
        int rows = Integer.parseInt(matcher.group(1));
        return matcher.group(2) == null ? square(rows) : new PatchSize(rows, Integer.parseInt(matcher.group(2)));
    }

    /** As high as wide. */
    @JsonCreator
    public static PatchSize square(int side) {
        return new PatchSize(side, side);
    }

    /** Pixels of one channel in a patch. */
    public int area() {
        return rows * columns;
    }

    /** Whether patches of this size tile a latent. */
    public boolean tiles(int height, int width) {
        return height % rows == 0 && width % columns == 0;
    }

    /** Number of patches, which is the number of tokens, of a latent that it tiles. */
    public int tokens(int height, int width) {
        if (!tiles(height, width)) {
            throw new IllegalArgumentException("patch: " + this + " does not divide latent " + height + "x" + width);
        }
        return (height / rows) * (width / columns);
    }

    /** Sides of patches that tile a latent, for messages: of rows and columns alike where it is a square. */
    public static String sidesThatTile(int height, int width) {
        return height == width ? divisors(height) : divisors(height) + " for rows, " + divisors(width) + " for columns";
    }

    private static String divisors(int size) {
        return IntStream.rangeClosed(1, size)
                .filter(side -> size % side == 0)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
    }

    /** Whether a patch of this size can be put together from whole patches of another. */
    public boolean isMultipleOf(PatchSize other) {
        return rows % other.rows == 0 && columns % other.columns == 0;
    }

    @Override
    @JsonValue
    public String toString() {
        return rows + "x" + columns;
    }
}
