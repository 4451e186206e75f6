package org.ppflow.app.report;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ppflow.app.table.Table;

/**
 * A report as the values that the template asks for: names to texts, numbers, lists and maps.
 *
 * @param model what is shown
 * @param colours of its levels
 */
record ReportView(ReportModel model, PatchColours colours) {
    private static final String REASON = "reason";
    private static final String REMEDY = "remedy";
    private static final double[] UNITS = {1e12, 1e9, 1e6, 1e3};
    private static final String[] UNIT_NAMES = {"TFLOPs", "GFLOPs", "MFLOPs", "kFLOPs"};

    ReportView(ReportModel model) {
        this(model, PatchColours.of(model.runs()));
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", model.title());
        values.put("command", model.command());
        values.put("several", model.runs().size() > 1);
        values.put("overview", model.runs().size() > 1 ? overview() : Map.of());
        values.put("cautions", model.cautions());
        values.put("settings", model.settings());
        values.put("names", model.runs().stream().map(RunReport::name).toList());
        List<Map<String, Object>> runs = new ArrayList<>();
        for (int i = 0; i < model.runs().size(); i++) {
            runs.add(run(i, model.runs().get(i)));
        }
        values.put("runs", runs);
        values.put(
                "figures",
                model.figures().stream()
                        .map(figure -> Map.<String, Object>of("title", figure.title(), "uri", svgUri(figure.svg())))
                        .toList());
        return values;
    }

    private static Map<String, Object> table(Table table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < table.columns().size(); column++) {
                cells.add(row.text(column));
            }
            rows.add(Map.of("name", row.name().strip(), "sub", row.name().startsWith(" "), "cells", cells));
        }
        return Map.of("columns", table.columns(), "rows", rows, "footnotes", table.footnotes());
    }

    /** A model a line. */
    private Map<String, Object> overview() {
        Table table = Overview.of(model.runs());
        List<Map<String, Object>> lines = new ArrayList<>();
        int column = 0;
        for (int i = 0; i < model.runs().size(); i++) {
            RunReport run = model.runs().get(i);
            for (int j = 0; j < run.models().size(); j++, column++) {
                List<String> cells = new ArrayList<>();
                for (Table.Row row : table.rows()) {
                    cells.add(row.cells().get(column) == null ? "–" : row.text(column));
                }
                lines.add(Map.of(
                        "id", id(i),
                        "run", run.name(),
                        "first", j == 0,
                        "model", run.models().get(j).name(),
                        "cells", cells));
            }
        }
        return Map.of("columns", table.rows().stream().map(Table.Row::name).toList(), "lines", lines);
    }

    private static String id(int run) {
        return "run" + run;
    }

    private Map<String, Object> run(int index, RunReport run) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id(index));
        values.put("name", run.name());
        values.put("folder", run.folder());
        values.put("state", run.state());
        values.put("commands", run.commands());
        values.put("changes", run.changes());
        values.put("config", run.config());
        values.put("table", run.table().present().map(ReportView::table).orElse(Map.of()));
        values.put("tableMissing", missing(run.table()));
        values.put("terms", run.terms());
        values.put("warnings", run.warnings());
        values.put("provenance", run.provenance());
        LossChart.Range range = LossChart.Range.of(run.models());
        values.put("models", run.models().stream().map(one -> model(one, range)).toList());
        values.put("real", run.real().present().map(ReportView::pngUri).orElse(""));
        values.put("realMissing", missing(run.real()));
        values.put("guidance", guidance(run));
        values.put("path", path(run));
        return values;
    }

    private Map<String, Object> model(ModelReport model, LossChart.Range range) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", model.name());
        values.put("bar", LevelBar.ofLevels(model.levels(), colours));
        List<Map<String, Object>> levels = new ArrayList<>();
        String finest = model.levels().isEmpty()
                ? ""
                : model.levels().get(model.levels().size() - 1).patch();
        for (ModelReport.Level level : model.levels()) {
            levels.add(Map.of(
                    "colour", colours.of(level.patch()),
                    "patch", level.patch(),
                    "tokens", level.tokens(),
                    "range", String.format(Locale.ROOT, "t from %s to %s", time(level.start()), time(level.end())),
                    "share", String.format(Locale.ROOT, "%.1f %%", 100 * level.share()),
                    "finest", level.patch().equals(finest) ? "" : finest));
        }
        values.put("levels", levels);
        values.put("chart", LossChart.svg(model.name(), model.losses(), range, colours));
        List<Map<String, Object>> legend = new ArrayList<>();
        for (int i = 0; i < model.losses().size(); i++) {
            legend.add(Map.of(
                    "style",
                    LossChart.style(model.losses(), i, colours),
                    "name",
                    model.losses().get(i).name()));
        }
        values.put("legend", legend);
        values.put("samples", model.samples().present().map(ReportView::pngUri).orElse(""));
        values.put("samplesMissing", missing(model.samples()));
        return values;
    }

    /** As short as it can be written: 0.5, 1. */
    private static String time(double t) {
        return BigDecimal.valueOf(t).stripTrailingZeros().toPlainString();
    }

    /** The choices of the first model that has a panel, and every model's panel where it has the same choices. */
    private static Map<String, Object> guidance(RunReport run) {
        Optional<GuidancePanel> first = run.models().stream()
                .flatMap(one -> one.guidance().present().stream())
                .findFirst();
        List<Map<String, Object>> panels = new ArrayList<>();
        List<Map<String, Object>> absent = new ArrayList<>();
        for (ModelReport one : run.models()) {
            Optional<GuidancePanel> panel = one.guidance().present();
            if (panel.isPresent() && panel.get().isLike(first.orElseThrow())) {
                panels.add(Map.of(
                        "model", one.name(),
                        "uri", pngUri(panel.get().sheet()),
                        "blank", panel.get().blank()));
            } else {
                absent.add(absent(one.name(), one.guidance(), "of other classes or scales than the first model's"));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("panels", panels);
        values.put("absent", absent);
        values.put("classes", first.map(GuidancePanel::classes).orElse(List.of()));
        values.put("scales", first.map(GuidancePanel::scales).orElse(List.of()));
        values.put("own", first.map(GuidancePanel::own).orElse(0));
        values.put("noises", first.map(GuidancePanel::noises).orElse(1));
        values.put("rows", first.map(GuidancePanel::rows).orElse(1));
        return values;
    }

    private Map<String, Object> path(RunReport run) {
        Optional<PathPanel> first = run.models().stream()
                .flatMap(one -> one.path().present().stream())
                .findFirst();
        List<Map<String, Object>> panels = new ArrayList<>();
        List<Map<String, Object>> absent = new ArrayList<>();
        int longest = 1;
        for (ModelReport one : run.models()) {
            Optional<PathPanel> panel = one.path().present();
            if (panel.isEmpty() || !panel.get().isLike(first.orElseThrow())) {
                absent.add(absent(one.name(), one.path(), "of other samples than the first model's"));
                continue;
            }
            longest = Math.max(longest, panel.get().points().size());
            panels.add(Map.of(
                    "model", one.name(),
                    "uri", pngUri(panel.get().sheet()),
                    "columns", panel.get().points().size(),
                    "rows", panel.get().rows(),
                    "bar", LevelBar.ofPoints(panel.get().points(), colours),
                    "points", points(panel.get().points())));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("panels", panels);
        values.put("absent", absent);
        values.put("classes", first.map(PathPanel::classes).orElse(List.of()));
        values.put("last", longest - 1);
        values.put("middle", longest / 2); // where the state is still noise and the prediction a picture
        return values;
    }

    private List<Map<String, Object>> points(List<PathPanel.Point> points) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            PathPanel.Point point = points.get(i);
            boolean end = i == points.size() - 1;
            rows.add(Map.of(
                    "index",
                    i,
                    "t",
                    String.format(Locale.ROOT, "%.3f", point.t()),
                    "colour",
                    colours.of(point.patch()),
                    "level",
                    point.level(),
                    "patch",
                    point.patch(),
                    "tokens",
                    point.tokens(),
                    "evaluations",
                    end
                            ? "–"
                            : String.format(
                                    Locale.ROOT, point.evaluations() % 1 == 0 ? "%.0f" : "%.1f", point.evaluations()),
                    "cost",
                    end ? "–" : flops(point.flops()),
                    "share",
                    end ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * point.share())));
        }
        return rows;
    }

    private static String flops(double flops) {
        for (int i = 0; i < UNITS.length; i++) {
            if (flops >= UNITS[i]) {
                return String.format(Locale.ROOT, "%.3g %s", flops / UNITS[i], UNIT_NAMES[i]);
            }
        }
        return String.format(Locale.ROOT, "%.0f FLOPs", flops);
    }

    private static Map<String, Object> absent(String model, Part<?> part, String otherwise) {
        Map<String, Object> values = new LinkedHashMap<>(missing(part));
        values.put("model", model);
        values.putIfAbsent(REASON, otherwise);
        values.putIfAbsent(REMEDY, "");
        return values;
    }

    /** Reason and remedy; nothing where the part is there. */
    private static Map<String, Object> missing(Part<?> part) {
        return part instanceof Part.Missing<?> gone ? Map.of(REASON, gone.reason(), REMEDY, gone.remedy()) : Map.of();
    }

    private static String pngUri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    private static String svgUri(String svg) {
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}
