package org.ppflow.notebook.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;

/** Answers what an editor asks about code: how a word may go on, what a method takes, whether more lines are to come. */
final class CodeQuestions {
    private static final int MOST = 200;

    private final SourceCodeAnalysis analysis;

    CodeQuestions(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /**
     * How the word at a place may go on.
     *
     * @param words that may stand there
     * @param start of the word
     * @param end of what is replaced
     */
    record Completions(List<String> words, int start, int end) {
        Completions {
            words = List.copyOf(words);
        }
    }

    /** Completions at a cursor; those whose type fits come first. */
    Completions complete(String code, int cursor) {
        int at = Math.max(0, Math.min(cursor, code.length()));
        int from = lastSnippet(code.substring(0, at));
        int[] anchor = {0};
        List<SourceCodeAnalysis.Suggestion> found =
                analysis.completionSuggestions(code.substring(from, at), at - from, anchor);
        Set<String> words = new LinkedHashSet<>();
        found.stream().filter(SourceCodeAnalysis.Suggestion::matchesType).forEach(one -> words.add(one.continuation()));
        found.forEach(one -> words.add(one.continuation()));
        int start = words.isEmpty() ? at : from + anchor[0];
        return new Completions(words.stream().limit(MOST).toList(), start, at);
    }

    /** Where the snippet begins that a text ends in: JShell looks at one at a time. */
    private int lastSnippet(String code) {
        int from = 0;
        while (true) {
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(code.substring(from));
            if (info.completeness() != SourceCodeAnalysis.Completeness.COMPLETE
                    || info.remaining().isBlank()) {
                return from;
            }
            from = code.length() - info.remaining().length();
        }
    }

    /** Signatures and documentation of what the cursor stands on or in; empty where nothing is known. */
    String describe(String code, int cursor) {
        int at = Math.max(0, Math.min(cursor, code.length()));
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        String head = code.substring(0, end);
        int from = lastSnippet(head);
        String snippet = head.substring(from);
        List<SourceCodeAnalysis.Documentation> found = analysis.documentation(snippet, snippet.length(), true);
        if (found.isEmpty()) {
            found = analysis.documentation(snippet + "(", snippet.length() + 1, true);
        }
        return found.stream()
                .map(one -> one.javadoc() == null || one.javadoc().isBlank()
                        ? one.signature()
                        : one.signature() + "\n" + one.javadoc())
                .distinct()
                .collect(Collectors.joining("\n\n"));
    }

    /** Whether code can be run as it stands. */
    enum Completeness {
        COMPLETE,
        INCOMPLETE,
        INVALID
    }

    /** Whether all of it can be run as it stands. */
    Completeness completeness(String code) {
        String rest = code;
        while (true) {
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(rest);
            Optional<Completeness> known = switch (info.completeness()) {
                case UNKNOWN -> Optional.of(Completeness.INVALID);
                case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> Optional.of(Completeness.INCOMPLETE);
                case COMPLETE, COMPLETE_WITH_SEMI, EMPTY ->
                    info.remaining().isBlank() ? Optional.of(Completeness.COMPLETE) : Optional.empty();
            };
            if (known.isPresent()) {
                return known.get();
            }
            rest = info.remaining();
        }
    }
}
