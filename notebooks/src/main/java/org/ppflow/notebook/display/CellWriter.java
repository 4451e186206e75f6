package org.ppflow.notebook.display;

import java.io.Writer;
import org.ppflow.app.console.ProgressWriter;
import org.ppflow.nn.progress.Progress;

/** What commands write their notes to in a cell: progress is an output that moves. */
public final class CellWriter extends ProgressWriter {
    private final Progress progress = new CellProgress();

    /** Notes go to a writer. */
    public CellWriter(Writer notes) {
        super(notes);
    }

    @Override
    public Task start(String what, long total, long done, String unit) {
        return progress.start(what, total, done, unit);
    }
}
