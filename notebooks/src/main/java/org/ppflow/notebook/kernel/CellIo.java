package org.ppflow.notebook.kernel;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/**
 * The streams of the cell that runs. What is printed is sent a few times a second, in one piece: a formatted line is printed in as many pieces as it has numbers.
 */
final class CellIo extends JupyterIO {
    private static final long INTERVAL_MILLIS = 200;

    private final CellStream printed = new CellStream();
    private final CellStream complained = new CellStream();

    /** In place of {@code System.out}. */
    final PrintStream cellOut = new PrintStream(printed, false, StandardCharsets.UTF_8);

    /** In place of {@code System.err}. */
    final PrintStream cellErr = new PrintStream(complained, false, StandardCharsets.UTF_8);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "output");
        thread.setDaemon(true);
        return thread;
    });

    CellIo() {
        super(StandardCharsets.UTF_8);
    }

    /** What is written from now on belongs to a request. */
    void attach(ShellReplyEnvironment env, boolean input) {
        setEnv(env);
        setJupyterInEnabled(input);
        printed.attach(env::writeToStdOut);
        complained.attach(env::writeToStdErr);
        ScheduledFuture<?> ticking =
                clock.scheduleAtFixedRate(this::send, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        env.defer(() -> {
            ticking.cancel(false);
            send();
            retractEnv(env);
        });
    }

    /** Sends what has been printed. */
    void send() {
        printed.send();
        complained.send();
    }
}
