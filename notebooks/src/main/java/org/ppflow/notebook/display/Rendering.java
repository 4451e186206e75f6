package org.ppflow.notebook.display;

import java.util.Base64;
import java.util.Map;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.table.Table;

/** What a value of any type looks like. */
public final class Rendering {
    /** Below this a drawing is a drawing; above it is a picture where that takes less room. */
    private static final int SHORT_SVG = 50_000;

    private static final int PIXELS_A_POINT = 2;

    /** Browsers have 96 pixels an inch, papers 72 points. */
    private static final double SCREEN = 96.0 / 72;

    private Rendering() {}

    /** Its forms: figures as SVG or PNG, tables as HTML, others as their text. */
    public static Bundle of(Object value) {
        if (value instanceof Bundle bundle) {
            return bundle;
        }
        if (value instanceof Shown shown) {
            return shown.bundle();
        }
        if (value instanceof Figure figure) {
            return figure(figure);
        }
        if (value instanceof Table table) {
            return Bundle.of(Bundle.HTML, HtmlTable.of(table), table.toText());
        }
        return Bundle.text(String.valueOf(value));
    }

    private static Bundle figure(Figure figure) {
        String svg = figure.svg();
        Bundle drawn = Bundle.of(Bundle.SVG, svg, figure.title());
        if (svg.length() <= SHORT_SVG) {
            return drawn;
        }
        String png = Base64.getEncoder().encodeToString(figure.png(PIXELS_A_POINT));
        if (svg.length() <= png.length()) {
            return drawn;
        }
        long width = Math.round(figure.drawing().page().width() * SCREEN);
        return Bundle.of(Bundle.PNG, png, figure.title()).with(Bundle.PNG, Map.of("width", width));
    }
}
