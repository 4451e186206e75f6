package org.ppflow.notebook.kernel;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** The streams of the cell that runs. */
final class CellIo extends JupyterIO {
    CellIo() {
        super(StandardCharsets.UTF_8);
    }

    /** What is written from now on belongs to a request. */
    void attach(ShellReplyEnvironment env, boolean input) {
        setEnv(env);
        setJupyterInEnabled(input);
        env.defer(() -> {
            out.flush();
            err.flush();
            retractEnv(env);
        });
    }
}
