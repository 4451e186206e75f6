package org.ppflow.app.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The letters of all figures: Roboto, shipped as a resource and read as outlines. Java's own fonts are not asked: which there are, and how they are measured,
 * differs between machines, and some Java runtimes have none. Characters that the font lacks are drawn as its empty box.
 */
public final class Typeface {
    /** Labels. */
    public static final Typeface REGULAR = new Typeface("Roboto-Regular.ttf");

    /** Titles. */
    public static final Typeface MEDIUM = new Typeface("Roboto-Medium.ttf");

    /** Height of capitals, as a share of the size. */
    public static final double CAPITALS = 1456.0 / 2048;

    /** What hangs below the base line, as a share of the size. */
    public static final double DESCENT = 434.0 / 2048;

    private final TrueTypeFont font;
    private final CmapLookup characters;
    private final double unit;
    private final Map<Integer, Glyph> glyphs = new ConcurrentHashMap<>();

    private Typeface(String resource) {
        try (InputStream in = Objects.requireNonNull(Typeface.class.getResourceAsStream(resource), resource)) {
            font = new TTFParser().parse(new RandomAccessReadBuffer(in));
            characters = font.getUnicodeCmapLookup();
            unit = font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " is no font", e);
        }
    }

    /** @param advance to the next letter, in units of the font */
    private record Glyph(Path2D outline, double advance) {}

    /**
     * How far a text reaches.
     *
     * @param size points
     * @return points
     */
    public double width(String text, double size) {
        return size
                / unit
                * text.codePoints()
                        .mapToObj(this::glyph)
                        .mapToDouble(Glyph::advance)
                        .sum();
    }

    /**
     * Outlines of a text from the left end of its base line at (0, 0); y points down.
     *
     * @param size points
     */
    Path2D outline(String text, double size) {
        Path2D.Double path = new Path2D.Double();
        double at = 0;
        for (int character : text.codePoints().toArray()) {
            Glyph glyph = glyph(character);
            AffineTransform place = new AffineTransform(size / unit, 0, 0, -size / unit, at * size / unit, 0);
            path.append(glyph.outline().getPathIterator(place), false);
            at += glyph.advance();
        }
        return path;
    }

    private Glyph glyph(int character) {
        return glyphs.computeIfAbsent(character, this::read);
    }

    private Glyph read(int character) {
        try {
            int id = characters.getGlyphId(character);
            GlyphData data = font.getGlyph().getGlyph(id);
            return new Glyph(data == null ? new Path2D.Double() : data.getPath(), font.getAdvanceWidth(id));
        } catch (IOException e) {
            throw new UncheckedIOException("the font's glyph of character " + character + " cannot be read", e);
        }
    }
}
