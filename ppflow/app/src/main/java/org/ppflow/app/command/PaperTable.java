package org.ppflow.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.app.comparison.Filled;
import org.ppflow.app.comparison.TableFilling;
import org.ppflow.app.comparison.TableSpec;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.app.record.Records;
import org.ppflow.nn.errors.BadInputException;

/**
 * A table's file with its records.
 *
 * @param spec what it shows
 * @param folder that its paths are seen from
 * @param records all that were found
 */
public record PaperTable(TableSpec spec, Path folder, Records records) {
    /**
     * Opens a table.
     *
     * @param table its number in the paper, or a file
     * @param given folders of records; empty for those that the file names
     */
    public static PaperTable open(String table, List<Path> given) throws IOException {
        Path file = file(table);
        TableSpec spec = TableFilling.spec(file);
        Path folder = file.resolveSibling("");
        for (Path one : given) {
            if (!Files.isDirectory(one)) {
                throw BadInputException.at("--records " + one)
                        .found("no such folder")
                        .expected("a folder of records, as 'run' writes them")
                        .build();
            }
        }
        List<Path> folders = given.isEmpty()
                ? spec.records().stream()
                        .map(one -> folder.resolve(one).normalize())
                        .toList()
                : given;
        return new PaperTable(spec, folder, Records.read(folders));
    }

    /** With its numbers. */
    public Filled fill() throws IOException {
        return TableFilling.fill(spec, folder, records, PublishedRows.shipped());
    }

    private static Path file(String table) {
        if (table.isBlank()) {
            throw BadInputException.at("table ''")
                    .found("an empty name")
                    .expected("1, 2, 3, 4 or a file; the tables' files ship in configs/tables")
                    .build();
        }
        if (!table.matches("[0-9]+")) {
            return Path.of(table);
        }
        Path file = Home.folder().resolve("configs/tables/table" + table + ".yaml");
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at("table " + table)
                    .found("no file " + file)
                    .expected("1, 2, 3, 4 or a file; the tables' files ship in configs/tables")
                    .build();
        }
        return file;
    }
}
