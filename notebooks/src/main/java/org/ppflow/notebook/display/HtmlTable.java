package org.ppflow.notebook.display;

import com.google.common.html.HtmlEscapers;
import org.ppflow.app.table.Table;

/** A table as a part of a page, in the page's own colours. */
final class HtmlTable {
    private HtmlTable() {}

    static String of(Table table) {
        StringBuilder html = new StringBuilder("<table><caption>")
                .append(text(table.title()))
                .append("</caption><thead><tr><th></th>");
        table.columns()
                .forEach(column -> html.append("<th>").append(text(column)).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (Table.Row row : table.rows()) {
            html.append("<tr><th style=\"text-align:left\">")
                    .append(text(row.name().strip()))
                    .append("</th>");
            for (int column = 0; column < table.columns().size(); column++) {
                html.append("<td>").append(text(row.text(column))).append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        table.remarks().forEach(note -> html.append("<p>").append(text(note)).append("</p>"));
        return html.toString();
    }

    private static String text(String plain) {
        return HtmlEscapers.htmlEscaper().escape(plain);
    }
}
