package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.comparison.Filled;
import org.ppflow.app.comparison.TableFilling;
import org.ppflow.app.comparison.TableFormat;
import org.ppflow.app.comparison.TableSpec;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.app.record.Records;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow table N|FILE}. */
@Command(
        name = "table",
        description =
                "Print a table of the paper with its numbers, ours at full scale, and ours scaled down; or a table of your own.",
        footer = {
            "",
            "Example: ppflow table 1",
            "         ppflow table 2 --format latex --output table2.tex",
            "         ppflow table mine.yaml --records runs/mine/records"
        })
public final class TableCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "N|FILE",
            description = "1 to 4 for a table of the paper, or a file as configs/tables/table1.yaml is one.")
    private String table = "";

    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "Folder of records. May be given several times (default: those that the table's file names).")
    private List<Path> records = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, markdown, csv, latex or json (default: ${DEFAULT-VALUE}).")
    private TableFormat format = TableFormat.TEXT;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to a file instead of standard output.")
    private @Nullable Path output;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "Write the table as JSON as well; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        Path file = file();
        TableSpec shown = TableFilling.spec(file);
        Path folder = file.resolveSibling("");
        List<Path> folders = records.isEmpty()
                ? shown.records().stream()
                        .map(one -> folder.resolve(one).normalize())
                        .toList()
                : records;
        for (Path given : records) {
            if (!Files.isDirectory(given)) {
                throw BadInputException.at("--records " + given)
                        .found("no such folder")
                        .expected("a folder of records, as 'run' writes them")
                        .build();
            }
        }
        Filled filled = TableFilling.fill(shown, folder, Records.read(folders), PublishedRows.shipped());
        String text = format.write(filled);
        PrintWriter out = spec.commandLine().getOut();
        if (output != null) {
            AtomicFiles.writeText(output, text);
        } else if (!"-".equals(json)) {
            out.print(text);
            out.flush();
        }
        if (json != null) {
            if (json.equals("-")) {
                out.print(TableFormat.JSON.write(filled));
                out.flush();
            } else {
                AtomicFiles.writeText(Path.of(json), TableFormat.JSON.write(filled));
            }
        }
        return ExitCode.DONE;
    }

    private Path file() {
        if (!table.matches("[0-9]+")) {
            return Path.of(table);
        }
        Path file = Home.folder().resolve("configs/tables/table" + table + ".yaml");
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at("table " + table)
                    .found("no table of this number in " + file.getParent())
                    .expected("1, 2, 3, 4 or a file")
                    .build();
        }
        return file;
    }
}
