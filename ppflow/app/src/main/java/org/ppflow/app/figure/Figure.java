package org.ppflow.app.figure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.nn.files.AtomicFiles;

/**
 * A figure that can be written. The same figure gives the same bytes on any machine.
 *
 * @param title what it shows, for those who cannot see it; not drawn
 * @param drawing what is drawn
 */
public record Figure(String title, Drawing drawing) {
    /** 288 dots an inch: print quality, and a whole number of pixels for each point. */
    public static final int PIXELS_A_POINT = 4;

    private static final double POINTS_AN_INCH = 72;

    public Figure {
        if (title.isBlank()) {
            throw new IllegalArgumentException("title: a figure says what it shows");
        }
    }

    /** The same with a line of text below it, or several where the page is narrow; it is read aloud with the title. */
    public Figure captioned(String caption) {
        return new Figure(title + ". " + caption, Caption.below(drawing, caption));
    }

    /** SVG, which uses no fonts and refers to nothing outside of itself. */
    public String svg() {
        return SvgFile.write(this);
    }

    /** PNG of {@value #PIXELS_A_POINT} pixels a point. Takes 3 bytes of memory a pixel, 30 MB for a full page. */
    public byte[] png() {
        return png(PIXELS_A_POINT);
    }

    /**
     * PNG of another resolution, say of a screen.
     *
     * @param pixelsAPoint at least 1
     */
    public byte[] png(int pixelsAPoint) {
        return PngFile.encode(Raster.of(drawing, pixelsAPoint), pixelsAPoint * POINTS_AN_INCH);
    }

    /**
     * Writes both.
     *
     * @param name of the two files without {@code .svg} and {@code .png}; folders that are not there are made
     * @return the two files
     */
    public List<Path> write(Path name) throws IOException {
        Path svg = named(name, ".svg");
        Path png = named(name, ".png");
        byte[] pixels = png();
        AtomicFiles.write(svg, out -> out.write(svg().getBytes(StandardCharsets.UTF_8)));
        AtomicFiles.write(png, out -> out.write(pixels));
        return List.of(svg, png);
    }

    private static Path named(Path name, String ending) {
        Path last = name.getFileName();
        if (last == null) {
            throw new IllegalArgumentException("name: '" + name + "' is a folder");
        }
        return name.resolveSibling(last + ending);
    }
}
