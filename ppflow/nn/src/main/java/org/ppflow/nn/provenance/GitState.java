package org.ppflow.nn.provenance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a git checkout says of the code in it.
 *
 * @param commit full hash of the commit that is checked out
 * @param dirty whether tracked files differ from it; null where git could not be asked
 */
public record GitState(String commit, @Nullable Boolean dirty) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String LINK = "gitdir: ";
    private static final String REFERENCE = "ref: ";

    public GitState {
        if (!HASH.matcher(commit).matches()) {
            throw new IllegalArgumentException("commit '" + commit + "' is no hash");
        }
    }

    /**
     * The state of the checkout that a folder lies in; empty where there is none. Some small files are read and one short git
     * process is run; without git the commit is still known.
     */
    public static Optional<GitState> of(Path folder) {
        Optional<Path> root = checkout(folder);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        try {
            return commit(root.get().resolve(".git")).map(commit -> new GitState(commit, dirty(root.get())));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // a broken repository is none: it must not stop a run
        }
    }

    /** The nearest folder, from this one upwards, that holds {@code .git}. */
    static Optional<Path> checkout(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> commit(Path dotGit) throws IOException {
        Path folder = dotGit;
        if (Files.isRegularFile(dotGit)) { // a linked worktree or a submodule
            String link = firstLine(dotGit);
            if (!link.startsWith(LINK)) {
                return Optional.empty();
            }
            folder = dotGit.resolveSibling(link.substring(LINK.length()));
        }
        String head = firstLine(folder.resolve("HEAD"));
        if (!head.startsWith(REFERENCE)) {
            return hash(head);
        }
        String reference = head.substring(REFERENCE.length());
        Path shared = folder;
        Path commonLink = folder.resolve("commondir");
        if (Files.isRegularFile(commonLink)) {
            shared = folder.resolve(firstLine(commonLink)).normalize();
        }
        for (Path base : new Path[] {folder, shared}) {
            Path loose = base.resolve(reference);
            if (Files.isRegularFile(loose)) {
                return hash(firstLine(loose));
            }
        }
        return packed(shared.resolve("packed-refs"), reference);
    }

    /** Lines are {@code HASH NAME}; comments and peeled tags have another form. */
    private static Optional<String> packed(Path packedRefs, String reference) throws IOException {
        if (!Files.isRegularFile(packedRefs)) {
            return Optional.empty();
        }
        try (BufferedReader lines = Files.newBufferedReader(packedRefs)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(" " + reference)) {
                    return hash(line.substring(0, line.indexOf(' ')));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> hash(String text) {
        return HASH.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            return line == null ? "" : line.strip();
        }
    }

    private static @Nullable Boolean dirty(Path root) {
        return ShortCommand.run(
                        "git",
                        "--no-optional-locks",
                        "-C",
                        root.toString(),
                        "status",
                        "--porcelain",
                        "--untracked-files=no")
                .map(changes -> !changes.isBlank())
                .orElse(null);
    }
}
