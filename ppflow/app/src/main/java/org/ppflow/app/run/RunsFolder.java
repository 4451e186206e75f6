package org.ppflow.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.GridReader;
import org.ppflow.nn.errors.BadInputException;

/** Folder of all runs. A config that a run keeps is meant to go on where it lies, so its runs are those beside it. */
public final class RunsFolder {
    /** Where runs are unless something says otherwise. */
    public static final Path USUAL = Path.of("runs");

    private RunsFolder() {}

    /** Of a command without a config. */
    public static Path of(@Nullable Path given) {
        return given == null ? USUAL : given;
    }

    /**
     * Of a command on a config.
     *
     * @param given what the command line says; null where it says nothing
     * @param overrides of the config; one of its name asks for another run than the one that keeps it
     * @throws BadInputException if the run that keeps the config has another name than its folder, copied or renamed since: a run of its name would begin anew beside it
     */
    public static Path of(@Nullable Path given, Path config, List<String> overrides) throws IOException {
        Path run = real(config.toAbsolutePath().resolveSibling("."));
        if (run.getParent() == null || !keeps(run, config)) {
            return of(given);
        }
        Path beside = run.getParent();
        boolean elsewhere = given != null && !real(given).equals(beside);
        boolean named = overrides.stream().anyMatch(override -> override.startsWith("name="));
        if (!elsewhere && !named) {
            requireItsName(run, config);
        }
        if (given != null) {
            return given;
        }
        return config.isAbsolute() ? beside : fromHere(beside);
    }

    private static void requireItsName(Path run, Path config) throws IOException {
        String name = GridReader.read(config, List.of()).name();
        if (!isNamed(run, name)) {
            throw BadInputException.at(config.toString())
                    .found("the config of a run '" + name + "' in a folder '" + run.getFileName() + "'")
                    .expected("a folder of the run's name")
                    .advice("to go on with what is there, give the folder the name " + name
                            + "; to begin anew, say --set name=NAME, or --runs FOLDER for another place")
                    .build();
        }
    }

    /** Whether a folder has a run's name, so that the run goes on there. */
    public static boolean isNamed(Path folder, String run) {
        return real(folder).endsWith(run);
    }

    /** Without links: a run that is reached by one has its own name. What is not there has no links. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    /** Whether a run lies in a folder, and this is its config. */
    private static boolean keeps(Path run, Path config) {
        return config.endsWith(RunFolder.CONFIG) && Files.isRegularFile(run.resolve(RunFolder.PROVENANCE));
    }

    private static Path fromHere(Path folder) {
        Path relative = real(Path.of("")).relativize(folder);
        return relative.toString().isEmpty() ? Path.of(".") : relative;
    }
}
