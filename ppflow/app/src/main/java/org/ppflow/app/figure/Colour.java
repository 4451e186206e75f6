package org.ppflow.app.figure;

import java.util.List;

/**
 * A colour in sRGB.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Colour(int red, int green, int blue) {
    /** Paper. */
    public static final Colour WHITE = new Colour(255, 255, 255);

    /** Text and axes. */
    public static final Colour INK = new Colour(26, 26, 26);

    /** Text of second rank: 5.7 to 1 against white. */
    public static final Colour MUTED = new Colour(102, 102, 102);

    /** Lines that help the eye along. */
    public static final Colour GRID = new Colour(225, 225, 225);

    /**
     * Colours that people with any of the common colour blindnesses tell apart (M. Okabe and K. Ito, "Color Universal Design", 2008; its
     * yellow is left out, which white paper swallows). Neighbours differ in lightness too.
     */
    public static final List<Colour> SERIES = List.of(
            new Colour(0, 114, 178),
            new Colour(213, 94, 0),
            new Colour(0, 158, 115),
            new Colour(204, 121, 167),
            new Colour(86, 180, 233),
            new Colour(230, 159, 0),
            new Colour(60, 60, 60));

    private static final int MOST = 255;

    public Colour {
        if (Math.min(red, Math.min(green, blue)) < 0 || Math.max(red, Math.max(green, blue)) > MOST) {
            throw new IllegalArgumentException("colour: " + red + ", " + green + ", " + blue + " is not in 0 to 255");
        }
    }

    /** The colour of the series at an index; they begin again after the last. */
    public static Colour series(int index) {
        return SERIES.get(Math.floorMod(index, SERIES.size()));
    }

    /**
     * Mixed with white.
     *
     * @param share of the colour, 0 (white) to 1
     */
    public Colour tint(double share) {
        return new Colour(mixed(red, share), mixed(green, share), mixed(blue, share));
    }

    private static int mixed(int part, double share) {
        return (int) Math.rint(MOST + (part - MOST) * share);
    }

    /** {@code #0072b2}. */
    public String hex() {
        return String.format(java.util.Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    /** Ink or white, whichever is read better on it. */
    public Colour readable() {
        return contrast(WHITE) > contrast(INK) ? WHITE : INK;
    }

    /** Ratio of luminances, 1 to 21, as WCAG 2.1 defines contrast. */
    public double contrast(Colour other) {
        double one = luminance() + 0.05;
        double two = other.luminance() + 0.05;
        return Math.max(one, two) / Math.min(one, two);
    }

    /** Relative luminance, 0 to 1: what is left of it in grey. */
    public double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int part) {
        double share = part / (double) MOST;
        return share <= 0.04045 ? share / 12.92 : StrictMath.pow((share + 0.055) / 1.055, 2.4);
    }
}
