package org.ppflow.app.command;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ppflow.app.console.Program;
import org.ppflow.data.codec.Codecs;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.extension.Extensions;

/**
 * Codecs, solvers and schedules from outside, as {@code doctor} tells of them.
 *
 * @param found that load
 * @param problems what does not, and what was named and offers nothing
 */
record FoundExtensions(List<Extension> found, List<String> problems) {
    /** Words that a message has which is of a name that extensions add to. */
    private static final Pattern EXTENSIBLE = Pattern.compile("\\b(codec|solver|schedule)s?\\b");

    FoundExtensions {
        found = List.copyOf(found);
        problems = List.copyOf(problems);
    }

    static FoundExtensions now() {
        return of(named());
    }

    /** What the environment variable has; empty where it is not set. */
    static String named() {
        return Optional.ofNullable(System.getenv(Extensions.VARIABLE)).orElse("");
    }

    /**
     * Those of the class path.
     *
     * @param named what the environment variable has
     */
    static FoundExtensions of(String named) {
        List<Extension> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Supplier<List<Extension>> kind : List.<Supplier<List<Extension>>>of(
                Codecs::extensions, OdeSolvers::extensions, NamedSchedules::extensions)) {
            try {
                found.addAll(kind.get());
            } catch (BadInputException e) {
                problems.add(e.getMessage());
            }
        }
        // Where one does not load, nobody knows what the others would have offered.
        boolean allLoad = problems.isEmpty();
        for (String entry :
                Splitter.on(File.pathSeparatorChar).omitEmptyStrings().split(named)) {
            if (allLoad && found.stream().noneMatch(one -> same(one.location(), entry))) {
                problems.add(
                        entry
                                + ": found no codec, solver or schedule; expected a file META-INF/services/TYPE that names its class");
            }
        }
        return new FoundExtensions(found, problems);
    }

    /**
     * Why a name may be unknown that an extension should have added: what {@link Extensions#VARIABLE} names and gives nothing.
     *
     * @param message of bad input
     * @return nothing where all is found, or the message is of something that no extension adds
     */
    Optional<String> remarkOn(String message) {
        List<String> more =
                problems.stream().filter(problem -> !message.contains(problem)).toList();
        return more.isEmpty() || !EXTENSIBLE.matcher(message).find()
                ? Optional.empty()
                : Optional.of(Extensions.VARIABLE + ": " + String.join("; ", more) + "; '" + Program.line("doctor")
                        + "' lists what is found");
    }

    private static boolean same(String code, String entry) {
        try {
            return Path.of(code).toRealPath().equals(Path.of(entry).toRealPath());
        } catch (IOException | InvalidPathException e) {
            return code.equals(entry);
        }
    }

    /** For people, in one line. */
    String summary() {
        List<String> parts = new ArrayList<>();
        found.forEach(one -> parts.add(one.title() + " (" + one.location() + ")"));
        parts.addAll(problems);
        return parts.isEmpty() ? "none; " + Extensions.VARIABLE + " names jars with some" : String.join("; ", parts);
    }
}
