package org.ppflow.notebook.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.jspecify.annotations.Nullable;
import org.ppflow.notebook.display.Bundle;
import org.ppflow.notebook.display.Rendering;
import org.ppflow.notebook.display.Screen;

/** Answers Jupyter's messages: cells by {@link CellEvaluator}, an editor's questions by {@link CodeQuestions}. */
final class JavaKernel extends BaseKernel {
    /** Lines that every notebook would begin with; notebooks say what else they use. */
    static final List<String> IMPORTS = List.of(
            "import java.nio.file.*;",
            "import java.util.*;",
            "import java.util.stream.*;",
            "import org.ppflow.notebook.workbench.*;",
            "import static org.ppflow.notebook.workbench.Cell.*;");

    private final CellIo streams;
    private final CellThread cells = new CellThread();
    private final CellEvaluator evaluator;
    private final CodeQuestions questions;
    private final FrontEndClock frontEnd = new FrontEndClock();
    /** By the front end's clock. */
    private Instant lastFailure = Instant.MIN;

    JavaKernel(String version, String classPath) {
        this(version, classPath, new CellIo());
    }

    private JavaKernel(String version, String classPath, CellIo streams) {
        super(
                "ppflow",
                version,
                new LanguageInfo.Builder("java")
                        .version(Runtime.version().toString())
                        .mimetype("text/x-java-source")
                        .fileExtension(".jshell")
                        .pygments("java")
                        .codemirror("text/x-java")
                        .build(),
                List.of(),
                null,
                streams,
                new CommManager(),
                new Renderer(),
                null,
                null,
                false,
                new StringStyler.Builder().build());
        this.streams = streams;
        Screen.install(new CellScreen(streams, cells::interrupted));
        try {
            // JShell gives the loader of its classes to the thread that makes it.
            this.evaluator = cells.run(() -> new CellEvaluator(classPath, IMPORTS));
        } catch (ExecutionException e) {
            throw new IllegalStateException("JShell does not start: " + e.getCause(), e);
        }
        this.questions = new CodeQuestions(evaluator.analysis());
    }

    @Override
    protected synchronized void handleExecuteRequest(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        ExecuteRequest request = message.getContent();
        env.setBusyDeferIdle();
        Optional<Instant> sent = sent(message);
        sent.ifPresent(at -> frontEnd.heard(at, Instant.now()));
        if (sent.filter(lastFailure::isAfter).isPresent()) {
            // "Run all" sends all cells at once; those behind one that failed are not to run.
            env.reply(new Message<>(
                    message, ExecuteReply.MESSAGE_TYPE.error(), new ErrorReply("Aborted", "", List.of())));
            return;
        }
        int number = request.isSilent() ? executionCount.get() : executionCount.getAndIncrement();
        if (!request.isSilent()) {
            env.publish(new PublishExecuteInput(request.getCode(), number));
        }
        replaceOutputStreams(env);
        streams.attach(env, request.isStdinEnabled());
        try {
            Optional<Bundle> shown = cells.run(() -> evaluate(number, request.getCode()));
            if (shown.isPresent() && !request.isSilent()) {
                streams.send();
                env.publish(new PublishExecuteResult(number, CellScreen.data(shown.get())));
            }
            env.reply(new ExecuteReply(number, Map.of()));
        } catch (ExecutionException e) {
            fail(env, number, e.getCause());
            if (request.shouldStopOnError()) {
                lastFailure = frontEnd.at(Instant.now());
            }
        }
    }

    /** What a cell shows of its value. A value makes its forms by code of the person, which may fail or be interrupted as the cell itself. */
    private Optional<Bundle> evaluate(int number, String code) {
        return Optional.ofNullable(evaluator.evaluate(number, code)).map(Rendering::of);
    }

    @Override
    protected void replaceOutputStreams(ShellReplyEnvironment env) {
        super.replaceOutputStreams(env);
        System.setOut(streams.cellOut);
        System.setErr(streams.cellErr);
    }

    private void fail(ShellReplyEnvironment env, int number, @Nullable Throwable thrown) {
        streams.send();
        String kind = thrown == null ? "Failure" : thrown.getClass().getSimpleName();
        String message = thrown == null || thrown.getMessage() == null ? "" : thrown.getMessage();
        List<String> lines = List.of(kind + ": " + message);
        if (thrown instanceof CellFailure failure) {
            kind = failure.kind();
            lines = failure.lines();
        }
        env.publish(new PublishError(kind, message, lines));
        ErrorReply reply = new ErrorReply(kind, message, lines);
        reply.setExecutionCount(number);
        env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
    }

    /** When the front end sent a message, by its clock; empty where its date cannot be read, so that nothing is held back. */
    private static Optional<Instant> sent(Message<?> message) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(message.getHeader().getTimestamp().getDateString())
                            .toInstant());
        } catch (DateTimeException | NullPointerException e) {
            return Optional.empty();
        }
    }

    @Override
    public @Nullable Object evalRaw(String source) {
        return evaluator.evaluate(executionCount.get(), source);
    }

    @Override
    public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
        String text = questions.describe(code, at);
        return text.isEmpty() ? null : new DisplayData(text);
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        CodeQuestions.Completions found = questions.complete(code, at);
        return new ReplacementOptions(found.words(), found.start(), found.end());
    }

    @Override
    public String isComplete(String code) {
        return switch (questions.completeness(code)) {
            case COMPLETE -> IS_COMPLETE_YES;
            case INVALID -> IS_COMPLETE_BAD;
            case INCOMPLETE -> "    ";
        };
    }

    @Override
    public void interrupt() {
        cells.interrupt();
    }

    /** A cell that runs is asked to end: a training saves what it has done before the process goes. */
    @Override
    public void onShutdown(boolean isRestarting) {
        cells.interrupt();
        super.onShutdown(isRestarting);
    }
}
