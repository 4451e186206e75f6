package org.ppflow.app.config;

import java.util.List;
import java.util.Optional;

/**
 * The experiments of one file: a config alone, or changes of it by name ({@code cells}) at every combination of values ({@code grid}).
 *
 * @param source the file, for messages and for links to other files
 * @param name of the folder of all of them
 * @param single whether the file is a plain config, whose run is not inside another folder
 * @param cells in the order in which they run
 */
public record ExperimentGrid(String source, String name, boolean single, List<GridCell> cells) {
    public ExperimentGrid {
        cells = List.copyOf(cells);
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("a grid without cells");
        }
    }

    /** The cell of a row at the same values of those axes that both have. */
    public Optional<GridCell> find(String row, GridCell like) {
        return cells.stream()
                .filter(cell -> cell.row().equals(row))
                .filter(cell -> cell.point().entrySet().stream()
                        .allMatch(axis -> like.point()
                                .getOrDefault(axis.getKey(), axis.getValue())
                                .equals(axis.getValue())))
                .findFirst();
    }

    /** Cells of a row, one for each combination of values. */
    public List<GridCell> row(String row) {
        return cells.stream().filter(cell -> cell.row().equals(row)).toList();
    }

    /** Names of the rows, in order. */
    public List<String> rows() {
        return cells.stream().map(GridCell::row).distinct().toList();
    }
}
