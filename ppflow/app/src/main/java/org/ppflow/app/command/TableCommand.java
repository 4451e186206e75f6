package org.ppflow.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.comparison.Filled;
import org.ppflow.app.comparison.TableFormat;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.nn.files.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow table 1|2|3|4|FILE}. */
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
            paramLabel = "1|2|3|4|FILE",
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
        if (output != null) {
            OutputPlace.requireFile("--output", output);
        }
        Filled filled = PaperTable.open(table, records).fill();
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
}
