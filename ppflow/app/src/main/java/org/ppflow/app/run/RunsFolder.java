package org.ppflow.app.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.GridReader;

/**
 * Folder of all runs. A config that a run keeps is meant to go on where it lies, so its runs are those beside it.
 *
 * @param path where runs are, each in a folder of its name
 * @param caution what a person should know who named the config; empty where there is nothing
 */
public record RunsFolder(Path path, Optional<String> caution) {
    /** Where runs are unless something says otherwise. */
    public static final Path USUAL = Path.of("runs");

    /** Of a command without a config. */
    public static RunsFolder of(@Nullable Path given) {
        return new RunsFolder(given == null ? USUAL : given, Optional.empty());
    }

    /**
     * Of a command on a config.
     *
     * @param given what the command line says; null where it says nothing
     * @throws org.ppflow.nn.errors.BadInputException if the config is one that a run keeps, and not to be read
     */
    public static RunsFolder of(@Nullable Path given, Path config) throws IOException {
        Path run = config.toAbsolutePath().normalize().getParent();
        if (given != null || run == null || !keeps(run, config)) {
            return of(given);
        }
        String name = GridReader.read(config, List.of()).name();
        if (!run.endsWith(name)) { // copied or renamed since
            return new RunsFolder(
                    USUAL,
                    Optional.of(config + " is of a run " + name + ", which is taken to be " + USUAL.resolve(name)
                            + "; to go on in " + (config.getParent() == null ? "." : config.getParent())
                            + ", give that folder the name " + name));
        }
        Path beside = run.getParent() == null ? run : run.getParent();
        return new RunsFolder(config.isAbsolute() ? beside : fromHere(beside), Optional.empty());
    }

    /** The folder, once the caution is told. */
    public Path tell(PrintWriter err) {
        caution.ifPresent(text -> {
            err.println("Caution: " + text);
            err.flush();
        });
        return path;
    }

    /** Whether a run lies in a folder, and this is its config. */
    private static boolean keeps(Path run, Path config) {
        return config.endsWith(RunFolder.CONFIG) && Files.isRegularFile(run.resolve(RunFolder.PROVENANCE));
    }

    private static Path fromHere(Path folder) {
        Path relative = Path.of("").toAbsolutePath().relativize(folder);
        return relative.toString().isEmpty() ? Path.of(".") : relative;
    }
}
