package org.ppflow.notebook.kernel;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;

/**
 * The sockets to Jupyter. What cells show is sent by a thread of its own: a socket whose channel is written to by an interrupted thread is closed for good, and several threads
 * may print.
 */
final class KernelConnection extends JupyterConnection {
    private static final long PATIENCE_SECONDS = 5;

    private final ExecutorService publisher = Executors.newSingleThreadExecutor(work -> new Thread(work, "publisher"));
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();

    KernelConnection(KernelConnectionProperties properties) throws NoSuchAlgorithmException, InvalidKeyException {
        super(properties);
    }

    @Override
    public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
        return new Replies(channel, stdin, iopub, context);
    }

    /** Sends what is still to be shown, then closes the sockets. The first call does it. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            publisher.shutdown();
            boolean sent = publisher.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (sent) {
                super.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.countDown();
        }
    }

    /** Waits until Jupyter has ended the conversation, whatever a cell still does. */
    @Override
    public void waitUntilClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers a message; what is published goes by way of the queue, in its order. */
    private final class Replies extends ShellReplyEnvironment {
        Replies(ShellChannel shell, StdinChannel stdin, JupyterSocket iopub, MessageContext context) {
            super(shell, stdin, iopub, context);
        }

        @Override
        public void publish(Message<?> message) {
            try {
                publisher.execute(() -> getIopub().sendMessage(message));
            } catch (RejectedExecutionException e) {
                // The conversation is over; nobody would see it.
            }
        }

        /** Idle is published when all else is: the queue keeps the order. */
        @Override
        public void setBusyDeferIdle() {
            setStatusBusy();
            defer(this::setStatusIdle);
        }
    }
}
