package org.ppflow.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.ppflow.app.run.StopSignal;

class CellThreadTest {
    private final CellThread cells = new CellThread();

    @Test
    void interrupt_wakesACellThatWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Thread asker = new Thread(() -> {
            await(waiting);
            cells.interrupt();
        });
        asker.start();

        assertThatThrownBy(() -> cells.run(() -> {
                    waiting.countDown();
                    new CountDownLatch(1).await();
                    return null;
                }))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        asker.join();
        // The next cell knows nothing of it.
        assertThat(cells.run(() -> Thread.currentThread().isInterrupted() || cells.interrupted()))
                .isFalse();
    }

    @Test
    void interrupt_asksATrainingToStopAndLeavesItsFilesAlone() throws Exception {
        CountDownLatch training = new CountDownLatch(1);
        FutureTask<Void> asking = new FutureTask<>(
                () -> {
                    await(training);
                    cells.interrupt();
                },
                null);
        new Thread(asking).start();

        boolean woken = cells.run(() -> {
            try (StopSignal signal = StopSignal.listen()) {
                training.countDown();
                while (!signal.requested()) {
                    Thread.onSpinWait();
                }
                return Thread.currentThread().isInterrupted();
            }
        });

        asking.get();
        assertThat(woken).isFalse();
    }

    @Test
    void interrupt_doesNothingBetweenCells() throws Exception {
        cells.interrupt();

        assertThat(cells.run(() -> Thread.currentThread().isInterrupted() || cells.interrupted()))
                .isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
