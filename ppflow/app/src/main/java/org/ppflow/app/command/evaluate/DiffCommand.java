package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.Program;
import org.ppflow.app.published.PublishedRow;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ProtocolResult;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code ppflow evaluate diff}: a result beside published numbers. */
@Command(
        name = "diff",
        description =
                "Put a result beside a published row. Published numbers are ADM's, so the protocol adm stands beside them.",
        footer = {
            "",
            "Example: ppflow evaluate diff evaluation.json --published \"PPF-B-2 7M\"",
            "         ppflow evaluate diff --list"
        })
final class DiffCommand implements Callable<Integer> {
    private static final String ADM = "adm";
    private static final int PUBLISHED_SAMPLES = 50_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "RESULT", description = "The JSON of an evaluation.")
    private @Nullable Path result;

    @Option(
            names = "--published",
            paramLabel = "NAME",
            description = "The row: a model of the paper's tables with its training; --list names them.")
    private @Nullable String published;

    @Option(names = "--list", description = "List the published rows and stop.")
    private boolean list;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "Write the comparison as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        PublishedRows rows = PublishedRows.shipped();
        if (list) {
            rows.rows()
                    .forEach(row ->
                            spec.commandLine().getOut().printf(Locale.ROOT, "%-30s %s%n", row.name(), row.source()));
            spec.commandLine().getOut().flush();
            return ExitCode.DONE;
        }
        if (result == null || published == null) {
            throw BadInputException.at("evaluate diff")
                    .found(result == null ? "no result" : "no --published")
                    .expected("RESULT --published NAME")
                    .advice("'" + Program.line("evaluate", "diff", "--list") + "' lists the rows")
                    .build();
        }
        JsonOutput.requireWritable(json);
        compare(read(result), rows.find(published, "--published " + published));
        return ExitCode.DONE;
    }

    private static ProtocolResult read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString())
                    .found("no such file")
                    .expected("the JSON of an evaluation")
                    .build();
        }
        ProtocolResult ours;
        try {
            ours = Evaluation.parse(Files.readString(file)).protocol(ADM);
        } catch (IllegalArgumentException | java.nio.charset.MalformedInputException e) {
            throw BadInputException.at(file.toString())
                    .found("no evaluation")
                    .expected("what '" + Program.line("evaluate", "--json", "FILE") + "' writes")
                    .cause(e)
                    .build();
        }
        if (!ours.metrics().containsKey("fid")) {
            throw BadInputException.at(file.toString())
                    .found("metrics " + ours.metrics().keySet())
                    .expected("Inception's: numbers of other networks cannot stand beside published ones")
                    .build();
        }
        return ours;
    }

    private void compare(ProtocolResult ours, PublishedRow row) throws IOException {
        List<Table.Row> rows = new ArrayList<>();
        ObjectNode figures = JsonMapper.shared()
                .createObjectNode()
                .put("published", row.name())
                .put("source", row.source())
                .put("protocol", ours.protocol());
        for (Map.Entry<String, Double> metric : row.metrics().entrySet()) {
            Double own = ours.metrics().get(metric.getKey());
            ObjectNode figure = figures.putObject(metric.getKey()).put("published", metric.getValue());
            List<@Nullable Cell> cells = new ArrayList<>();
            cells.add(own == null ? null : Cell.number(own, EvaluationText.digits(metric.getKey())));
            cells.add(Cell.text(Double.toString(metric.getValue())));
            if (own == null) {
                cells.add(null);
                cells.add(null);
            } else {
                double difference = own - metric.getValue();
                figure.put("ours", own).put("difference", difference);
                cells.add(Cell.text(
                        String.format(Locale.ROOT, "%+." + EvaluationText.digits(metric.getKey()) + "f", difference)));
                cells.add(Cell.text(String.format(Locale.ROOT, "%+.1f %%", 100 * difference / metric.getValue())));
            }
            rows.add(new Table.Row(EvaluationText.name(metric.getKey()), metric.getKey(), false, cells));
        }
        List<String> notes = new ArrayList<>(List.of("Published: " + row.source()));
        if (!ours.protocol().equals(ADM)) {
            notes.add("! the result has no protocol adm; " + ours.protocol()
                    + " stands here, and differs a little from it");
        }
        double samples = ours.metrics().getOrDefault("sample_count", 0.0);
        if (samples != PUBLISHED_SAMPLES) {
            notes.add(String.format(
                    Locale.ROOT,
                    "! %.0f samples; published numbers are of %d, and FID falls with their number",
                    samples,
                    PUBLISHED_SAMPLES));
        }
        if (json == null || !json.equals("-")) {
            spec.commandLine()
                    .getOut()
                    .print(new Table(
                                    "beside " + row.name(),
                                    List.of("ours", "published", "difference", "relative"),
                                    rows,
                                    notes)
                            .toText());
            spec.commandLine().getOut().flush();
        }
        JsonOutput.write(json, figures, spec.commandLine().getOut());
    }
}
