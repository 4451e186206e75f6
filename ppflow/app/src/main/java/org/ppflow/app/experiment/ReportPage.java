package org.ppflow.app.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ppflow.app.config.DifferingKeys;
import org.ppflow.app.figure.Axis;
import org.ppflow.app.figure.ChartFigure;
import org.ppflow.app.figure.Colour;
import org.ppflow.app.figure.CostQualityChart;
import org.ppflow.app.figure.DenoisingPathDrawing;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.figure.PatchificationDrawing;
import org.ppflow.app.report.DifferingSetting;
import org.ppflow.app.report.HtmlReport;
import org.ppflow.app.report.PatchColours;
import org.ppflow.app.report.ReportFigure;
import org.ppflow.app.report.ReportModel;
import org.ppflow.app.report.RunReport;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.flow.model.DitConfig;

/** The page of a run or of several. */
public final class ReportPage {
    private static final int MOST_PIXELS = 1 << 16;
    private static final int MOST_SERIES = 7;

    private ReportPage() {}

    /**
     * The page as HTML.
     *
     * @param runs at least one
     * @param command that makes it again
     */
    public static String of(List<RunReading> runs, String command) throws IOException {
        List<RunReport> reports = new ArrayList<>();
        Map<String, ReportFigure> figures = new LinkedHashMap<>();
        for (RunReading run : runs) {
            reports.add(run.read());
        }
        PatchColours colours = PatchColours.of(reports);
        for (RunReading run : runs) {
            for (ModelPlan plan : run.plans()) {
                drawings(plan, colours).forEach(figure -> figures.putIfAbsent(figure.svg(), figure));
            }
        }
        List<ReportFigure> all = new ArrayList<>();
        quality(reports, colours).ifPresent(all::add);
        all.addAll(figures.values());
        String title = runs.size() == 1 ? runs.get(0).config().name() : runs.size() + " runs";
        List<String> cautions = new ArrayList<>(
                Comparability.cautions(runs.stream().map(RunReading::config).toList()));
        disturbed(reports).ifPresent(cautions::add);
        return HtmlReport.render(
                PictureBudget.within(new ReportModel(title, command, apart(reports), cautions, settings(runs), all)));
    }

    private static List<DifferingSetting> settings(List<RunReading> runs) {
        return DifferingKeys.of(runs.stream().map(RunReading::config).toList()).stream()
                .map(key -> new DifferingSetting(key.path(), key.values()))
                .toList();
    }

    /** Runs whose times do not compare with those of the others. */
    private static Optional<String> disturbed(List<RunReport> runs) {
        List<String> names = apart(runs).stream()
                .filter(run -> run.table().present().stream()
                        .anyMatch(table -> !table.cautions().isEmpty()))
                .map(RunReport::name)
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("Other programs used much of the processors while " + String.join(", ", names)
                        + " ran: times there are probably too long. The cautions of each run say when.");
    }

    /** Runs that share a name, as cells of two grids may, are told apart by their folders. */
    private static List<RunReport> apart(List<RunReport> runs) {
        Map<String, Long> names = runs.stream().collect(Collectors.groupingBy(RunReport::name, Collectors.counting()));
        return runs.stream()
                .map(run -> names.getOrDefault(run.name(), 0L) > 1 ? run.named(run.folder()) : run)
                .toList();
    }

    /** What the levels of a schedule are, where it has several: pyramids have none that cut a whole latent. */
    private static Collection<ReportFigure> drawings(ModelPlan plan, PatchColours colours) {
        DitConfig network = plan.description().config();
        // One level all the way is a full rectangle.
        if (plan.schedule().representation().isPyramid() || plan.schedule().count() == 1) {
            return List.of();
        }
        List<Colour> ofLevels = IntStream.range(0, plan.schedule().count())
                .mapToObj(level -> Colour.series(colours.of(plan.schedule().describe(level))))
                .toList();
        List<ReportFigure> drawn = new ArrayList<>();
        Figure way = DenoisingPathDrawing.of(plan.schedule(), plan.flops(), ofLevels);
        drawn.add(new ReportFigure(way.title(), way.svg()));
        if (network.height() * network.width() <= MOST_PIXELS) {
            Figure patches = PatchificationDrawing.of(
                    plan.schedule(), network.channels(), network.height(), network.width(), ofLevels);
            drawn.add(new ReportFigure(patches.title(), patches.svg()));
        }
        return drawn;
    }

    /** Cost of a sample against its quality, where there are two models with both. */
    private static Optional<ReportFigure> quality(List<RunReport> runs, PatchColours colours) {
        List<Table> tables =
                runs.stream().flatMap(run -> run.table().present().stream()).toList();
        boolean inception = tables.stream().anyMatch(table -> row(table, "fid").isPresent());
        // The small classifier scores what is scaled down.
        CostQualityChart.Kind kind = inception ? CostQualityChart.Kind.FULL_SCALE : CostQualityChart.Kind.SCALED_DOWN;
        String key = inception ? "fid" : "classifier_fd";
        Map<String, List<CostQualityChart.Score>> series = new LinkedHashMap<>();
        int count = 0;
        for (Table table : tables) {
            Optional<Table.Row> cost = row(table, "gflops_per_sample");
            Optional<Table.Row> score = row(table, key);
            for (int i = 0;
                    cost.isPresent() && score.isPresent() && i < table.columns().size();
                    i++) {
                Cell x = cost.get().cells().get(i);
                Cell y = score.get().cells().get(i);
                if (x != null && x.value() != null && y != null && y.value() != null) {
                    series.computeIfAbsent(table.columns().get(i), name -> new ArrayList<>())
                            .add(CostQualityChart.Score.of(x.value(), y.value(), "", kind));
                    count++;
                }
            }
        }
        if (count < 2 || series.size() > MOST_SERIES) {
            return Optional.empty();
        }
        String metric = inception ? "FID" : "classifier-FD";
        CostQualityChart chart = new CostQualityChart(
                "What a sample costs and how good it is",
                Axis.linear("GFLOPs a sample"),
                Axis.linear(metric + " (lower is better)"),
                series.entrySet().stream()
                        .map(entry -> new CostQualityChart.Series(entry.getKey(), entry.getValue(), false))
                        .toList(),
                Optional.empty());
        Figure figure = ChartFigure.of(
                "Cost of a sample against " + metric,
                List.of(chart),
                colours.patches().size());
        return Optional.of(new ReportFigure(figure.title(), figure.svg()));
    }

    private static Optional<Table.Row> row(Table table, String key) {
        return table.rows().stream().filter(row -> row.key().equals(key)).findFirst();
    }
}
