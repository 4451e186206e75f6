package org.ppflow.notebook.display;

import org.ppflow.app.figure.Figure;
import org.ppflow.app.table.Table;

/** What a value of any type looks like. */
public final class Rendering {
    private Rendering() {}

    /** Its forms: figures as SVG, tables as HTML, others as their text. */
    public static Bundle of(Object value) {
        if (value instanceof Bundle bundle) {
            return bundle;
        }
        if (value instanceof Shown shown) {
            return shown.bundle();
        }
        if (value instanceof Figure figure) {
            return Bundle.of(Bundle.SVG, figure.svg(), figure.title());
        }
        if (value instanceof Table table) {
            return Bundle.of(Bundle.HTML, HtmlTable.of(table), table.toText());
        }
        return Bundle.text(String.valueOf(value));
    }
}
