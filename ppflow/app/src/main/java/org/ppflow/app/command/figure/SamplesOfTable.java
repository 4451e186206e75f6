package org.ppflow.app.command.figure;

import java.io.IOException;
import java.io.PrintWriter;
import org.ppflow.app.command.PaperTable;
import org.ppflow.app.figure.Figure;
import picocli.CommandLine.Mixin;

/** A figure of samples that stand beside a table's records. */
abstract class SamplesOfTable extends FigureOfTable {
    private final RecordedGrid figure;

    @Mixin
    private GridOptions grid = new GridOptions();

    SamplesOfTable(int number, RecordedGrid figure) {
        super(number);
        this.figure = figure;
    }

    @Override
    final Figure draw(PaperTable opened, PrintWriter err) throws IOException {
        return figure.of(opened, grid.kind(), grid.columns(), err);
    }
}
