package org.ppflow.notebook.kernel;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.ppflow.notebook.display.Bundle;
import org.ppflow.notebook.display.Screen;

/** Shows bundles among the outputs of the cell that runs. */
final class CellScreen implements Screen {
    private final CellIo io;
    private final BooleanSupplier interrupted;
    private final AtomicLong shown = new AtomicLong();

    CellScreen(CellIo io, BooleanSupplier interrupted) {
        this.io = io;
        this.interrupted = interrupted;
    }

    @Override
    public String show(Bundle bundle) {
        // Text that was printed before stands before.
        io.send();
        String id = "ppflow-" + shown.incrementAndGet();
        DisplayData data = data(bundle);
        data.setDisplayId(id);
        io.display.display(data);
        return id;
    }

    @Override
    public void update(String id, Bundle bundle) {
        io.display.updateDisplay(id, data(bundle));
    }

    @Override
    public boolean interrupted() {
        return interrupted.getAsBoolean();
    }

    /** As Jupyter's messages have it. */
    static DisplayData data(Bundle bundle) {
        DisplayData data = new DisplayData();
        bundle.data().forEach(data::putData);
        bundle.metadata().forEach(data::putMetaData);
        return data;
    }
}
