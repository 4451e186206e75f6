package org.ppflow.notebook.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.jspecify.annotations.Nullable;

/** Evaluates cells, one after the other, with JShell in this process. For one thread. */
final class CellEvaluator implements AutoCloseable {
    private final ValueControl control = new ValueControl();
    private final JShell shell;
    private final Map<String, Origin> origins = new HashMap<>();

    /**
     * Where a snippet came from.
     *
     * @param cell it stands in
     * @param offset of its first character that is no blank
     */
    private record Origin(CellSource cell, int offset) {}

    /**
     * A shell.
     *
     * @param classPath that cells are compiled against; they run on that of this process
     * @param imports that are there before the first cell
     */
    CellEvaluator(String classPath, List<String> imports) {
        this.shell = JShell.builder()
                .executionEngine(control.provider(), Map.of())
                .compilerOptions("-classpath", classPath)
                .build();
        for (String line : imports) {
            SnippetEvent event = shell.eval(line).get(0);
            if (event.status() != Snippet.Status.VALID) {
                throw new IllegalStateException("the kernel's own '" + line + "' is refused: "
                        + shell.diagnostics(event.snippet())
                                .map(diag -> diag.getMessage(null))
                                .toList());
            }
        }
    }

    /** Answers questions about code. */
    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    /**
     * Evaluates a cell.
     *
     * @param number that the notebook shows
     * @return value of its last expression; null where that has none, or ends with a semicolon
     * @throws CellFailure where it does not come to its end
     */
    @Nullable
    Object evaluate(int number, String text) {
        CellSource cell = new CellSource(number, text);
        List<Snippet> declared = new ArrayList<>();
        Object value = null;
        int offset = 0;
        while (!text.substring(offset).isBlank()) {
            SourceCodeAnalysis.CompletionInfo info = analysis().analyzeCompletion(text.substring(offset));
            if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
                break; // comments
            }
            if (!info.completeness().isComplete()) {
                throw FailureText.refused(
                        cell.at(offset + leadingBlanks(text.substring(offset))),
                        "what begins here does not end: a bracket, a quote or a comment is open, or a word is missing, as after an operator");
            }
            int end = text.length() - info.remaining().length();
            // JShell counts lines wrongly where a snippet begins with empty ones.
            Origin origin = new Origin(cell, offset + leadingBlanks(text.substring(offset)));
            value = evaluate(origin, text.substring(offset, end), info.source().stripLeading(), declared);
            offset = end;
        }
        requireResolved(declared);
        return value;
    }

    private @Nullable Object evaluate(Origin origin, String written, String source, List<Snippet> declared) {
        List<SnippetEvent> events = shell.eval(source);
        Object value = null;
        for (SnippetEvent event : events) {
            if (event.causeSnippet() != null) {
                continue;
            }
            Snippet snippet = event.snippet();
            origins.put(snippet.id(), origin);
            declared.add(snippet);
            if (event.status() == Snippet.Status.REJECTED) {
                throw FailureText.compile(
                        origin.cell(),
                        origin.offset(),
                        shell.diagnostics(snippet).collect(Collectors.toList()));
            }
            if (event.exception() != null) {
                throw failure(event.exception());
            }
            Object returned = control.takeValue();
            value = shows(snippet, written) ? returned : null;
        }
        return value;
    }

    /** Expressions without a semicolon, as in other notebooks; an assignment says nothing new. */
    private static boolean shows(Snippet snippet, String written) {
        return (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                        || snippet.subKind() == Snippet.SubKind.OTHER_EXPRESSION_SUBKIND
                        || snippet.subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND)
                && !withoutComment(written).endsWith(";");
    }

    /** Without a comment behind the code on its last line, and blanks. */
    private static String withoutComment(String code) {
        String stripped = code.strip();
        String last = stripped.substring(stripped.lastIndexOf('\n') + 1);
        int comment = last.indexOf("//");
        return comment < 0 || last.substring(0, comment).contains("\"")
                ? stripped
                : stripped.substring(0, stripped.length() - last.length() + comment)
                        .strip();
    }

    private static int leadingBlanks(String text) {
        return text.length() - text.stripLeading().length();
    }

    private CellFailure failure(JShellException exception) {
        Throwable thrown = control.takeThrown();
        if (exception instanceof EvalException evaluated && thrown != null) {
            return FailureText.thrown(thrown, evaluated.getStackTrace(), this::place);
        }
        return FailureText.thrown(exception, exception.getStackTrace(), this::place);
    }

    /** JShell names the snippet of a frame {@code #id}, with lines that count from its own first. */
    private Optional<CellSource.Place> place(StackTraceElement frame) {
        String file = frame.getFileName();
        Origin origin = file == null || !file.startsWith("#") ? null : origins.get(file.substring(1));
        return origin == null
                ? Optional.empty()
                : Optional.of(origin.cell().lineAt(origin.offset(), Math.max(1, frame.getLineNumber())));
    }

    /** JShell lets code wait for names that come later; at the end of a cell that is a slip. */
    private void requireResolved(List<Snippet> declared) {
        for (Snippet snippet : declared) {
            if (snippet instanceof DeclarationSnippet waiting) {
                List<String> missing = shell.unresolvedDependencies(waiting).toList();
                if (!missing.isEmpty()) {
                    Origin origin = origins.get(snippet.id());
                    if (origin != null) {
                        throw FailureText.refused(
                                origin.cell().at(origin.offset()),
                                waiting.name() + " uses what is not there: " + String.join(", ", missing));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
