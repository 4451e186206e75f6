package org.ppflow.app.command.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.PaperTable;
import picocli.CommandLine.Option;

/** What a figure that shows a table's numbers or samples is made of. */
final class TableOptions {
    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "Folder of records. May be given several times (default: those that the table's file names).")
    private List<Path> records = new ArrayList<>();

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "A table of your own in place of the paper's; see configs/tables.")
    private @Nullable String table;

    /** The table of a number, unless one was given. */
    PaperTable open(int number) throws IOException {
        return PaperTable.open(table == null ? Integer.toString(number) : table, records);
    }
}
