package org.ppflow.app.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ppflow.app.table.Table;

/** Renders a report as one HTML page that needs nothing else: no network, no scripts, pictures inside. */
public final class HtmlReport {
    private static final String TEMPLATE = "org/ppflow/app/report/report.html";

    private HtmlReport() {}

    /** The page. The same model gives the same bytes. */
    public static String render(ReportModel model) throws IOException {
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(new ClasspathLoader(HtmlReport.class.getClassLoader()))
                .strictVariables(true)
                .autoEscaping(true)
                .build();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", model.title());
        values.put("command", model.command());
        values.put("columns", model.table().columns());
        values.put("rows", rows(model.table()));
        values.put("footnotes", model.table().footnotes());
        values.put("terms", model.terms());
        values.put("models", models(model.models()));
        values.put("chart", LossChart.svg(model.models()));
        values.put("reference", model.reference().map(HtmlReport::dataUri).orElse(""));
        values.put("config", model.config());
        values.put("provenance", model.provenance());
        values.put("warnings", model.warnings());
        StringWriter page = new StringWriter();
        engine.getTemplate(TEMPLATE).evaluate(page, values, Locale.ROOT);
        return page.toString();
    }

    private static List<Map<String, Object>> rows(Table table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < table.columns().size(); column++) {
                cells.add(row.text(column));
            }
            rows.add(Map.of("name", row.name().strip(), "sub", row.name().startsWith(" "), "cells", cells));
        }
        return rows;
    }

    private static List<Map<String, Object>> models(List<ReportModel.Model> models) {
        List<Map<String, Object>> result = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            ReportModel.Model model = models.get(i);
            List<Map<String, Object>> levels = new ArrayList<>();
            for (ReportModel.Level level : model.levels()) {
                levels.add(Map.of(
                        "width", String.format(Locale.ROOT, "%.2f", 100 * (level.end() - level.start())),
                        "patch", level.patch(),
                        "tokens", level.tokens(),
                        "range", String.format(Locale.ROOT, "t from %s to %s", level.start(), level.end()),
                        "share", String.format(Locale.ROOT, "%.1f %%", 100 * level.share())));
            }
            result.add(Map.of(
                    "name", model.name(), "series", i % 4, "levels", levels, "samples", dataUri(model.samples())));
        }
        return result;
    }

    private static String dataUri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
