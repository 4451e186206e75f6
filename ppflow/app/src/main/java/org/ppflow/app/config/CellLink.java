package org.ppflow.app.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/**
 * A start from the weights of another experiment: {@code init: {sit: "cell:SiT 7M"}} for one of the same file, {@code "cell:table1.yaml#SiT 7M"} for one
 * of another, whose path is seen from the first.
 *
 * @param grid that has the experiment
 * @param cell of it, at the same values of the axes that both have
 */
public record CellLink(ExperimentGrid grid, GridCell cell) {
    private static final String PREFIX = "cell:";

    /** Whether weights are meant that another experiment makes. */
    public static boolean isLink(InitConfig init) {
        return init.file().startsWith(PREFIX);
    }

    /**
     * Where a cell's training starts.
     *
     * @param overrides of the command line, which hold for another file too
     * @throws BadInputException if there is no such experiment, or it has several models
     */
    public static Optional<CellLink> of(ExperimentGrid grid, GridCell from, List<String> overrides) throws IOException {
        if (!isLink(from.config().init())) {
            return Optional.empty();
        }
        String text = from.config().init().file().substring(PREFIX.length());
        int hash = text.indexOf('#');
        ExperimentGrid other = hash < 0
                ? grid
                : GridReader.read(
                        Path.of(grid.source())
                                .resolveSibling(text.substring(0, hash))
                                .normalize(),
                        overrides.stream()
                                .filter(set -> !set.startsWith("name="))
                                .toList());
        String row = text.substring(hash + 1);
        GridCell cell = other.find(row, from).orElseThrow(() -> {
            BadInputException.Builder problem = BadInputException.at(
                            grid.source() + ": " + from.title() + ": init: " + PREFIX + text)
                    .found("no cell '" + row + "' in " + other.source())
                    .expected("one of " + other.rows());
            Nearest.to(row, other.rows()).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
            return problem.build();
        });
        if (cell.config().schedules().size() != 1 || isLink(cell.config().init()) || cell.equals(from)) {
            throw BadInputException.at(grid.source() + ": " + from.title() + ": init: " + PREFIX + text)
                    .found(cell.config().schedules().size() + " schedules, started from '"
                            + cell.config().init().file() + "'")
                    .expected("a cell of one schedule that starts from scratch or from a file")
                    .build();
        }
        return Optional.of(new CellLink(other, cell));
    }
}
