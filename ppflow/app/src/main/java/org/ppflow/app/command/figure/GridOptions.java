package org.ppflow.app.command.figure;

import org.ppflow.app.command.OptionRange;
import org.ppflow.app.comparison.TableSpec;
import picocli.CommandLine.Option;

/** Which samples a grid shows. */
final class GridOptions {
    @Option(
            names = "--columns",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Pictures of each model: first one of each class, then the second (default: ${DEFAULT-VALUE}).")
    private int columns = 10;

    @Option(
            names = "--scale",
            paramLabel = "full|scaled",
            defaultValue = "scaled",
            description = "Models at full scale or scaled down (default: ${DEFAULT-VALUE}).")
    private TableSpec.Kind kind = TableSpec.Kind.SCALED;

    int columns() {
        OptionRange.requireAtLeast("--columns", columns, 1);
        return columns;
    }

    TableSpec.Kind kind() {
        return kind;
    }
}
